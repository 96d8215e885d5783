/**
 * Drafts: what was typed and not sent, by person and conversation, in localStorage. They survive everything (reload,
 * closed tab, expired session) except signing out.
 */

const PREFIX = "chatelet:draft:";

/** Set by signing out: a draft that still waited for its pause would come back as the page leaves. */
let closed = false;

/** `place` is a conversation's identifier, or "new". */
export function readDraft(personId: string, place: string): string {
  try {
    return localStorage.getItem(key(personId, place)) ?? "";
  } catch {
    return "";
  }
}

export function writeDraft(personId: string, place: string, text: string): void {
  if (closed) return;
  try {
    if (text.trim() === "") localStorage.removeItem(key(personId, place));
    else localStorage.setItem(key(personId, place), text);
  } catch {
    // Storage refused: the draft lives in the page only.
  }
}

/** Removes all of them; this page, about to be left, keeps none any more. */
export function clearDrafts(): void {
  closed = true;
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}

function key(personId: string, place: string): string {
  return `${PREFIX}${personId}:${place}`;
}
