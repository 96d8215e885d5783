/** What a reader decides of the changes of a sentence, and the sentence that it makes. Pure. */
import type { WrittenChange } from "#/api/types";

export type Decision = "accepted" | "rejected";
export type Decisions = ReadonlyMap<number, Decision>;
export type Why = NonNullable<WrittenChange["why"]>;

export function decided(before: Decisions, indexes: readonly number[], decision: Decision | null): Decisions {
  const next = new Map(before);
  for (const index of indexes) {
    if (decision === null) next.delete(index);
    else next.set(index, decision);
  }
  return next;
}

/** The sentence: what is proposed stands until it is rejected. */
export function wordsOf(changes: readonly WrittenChange[], decisions: Decisions): string {
  return changes.map(({ before, after }, index) => (decisions.get(index) === "rejected" ? before : after)).join("");
}

export function kindsOf({ why }: WrittenChange): Why {
  return why ?? "wording";
}

/** Blanks are invisible: where they are all that changed, they are drawn. */
export function shownBlanks(words: string): string {
  if (words === "") return "∅";
  return /^\s+$/.test(words) ? words.replace(/[\u00a0\u202f]/g, "⍽").replace(/\s/g, "␣") : words;
}
