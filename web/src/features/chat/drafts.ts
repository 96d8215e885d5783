/**
 * Drafts: what was typed and not sent, by person and conversation, in localStorage. They survive everything (reload,
 * closed tab, expired session) except signing out.
 */
import type { Level } from "#/api/types";
import { LEVELS } from "#/features/inference/choice";

const PREFIX = "chatelet:draft:";
export const NEW = "new";
const NEW_LEVEL = "new:level";

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

/** The level raised for a conversation not created yet: its words must not come back without it. Null without words. */
export function readDraftLevel(personId: string): Level | null {
  if (readDraft(personId, NEW) === "") return null;
  const kept = readDraft(personId, NEW_LEVEL);
  return LEVELS.find((level) => level === kept) ?? null;
}

/** Null forgets it. */
export function writeDraftLevel(personId: string, level: Level | null): void {
  writeDraft(personId, NEW_LEVEL, level ?? "");
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
