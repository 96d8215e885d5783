/** What a reader decides of the changes of a sentence, as it is kept. Pure. */
import type { WrittenChange } from "#/api/types";

export type Decision = NonNullable<WrittenChange["decision"]>;
export type Why = NonNullable<WrittenChange["why"]>;

interface Decisions {
  readonly accepted: number[];
  readonly rejected: number[];
}

/** The decisions of a sentence once some of its changes, by their place, are decided; null opens them again. */
export function decided(
  changes: readonly WrittenChange[],
  indexes: readonly number[],
  decision: Decision | null,
): Decisions {
  const next: Decisions = { accepted: [], rejected: [] };
  changes.forEach((change, index) => {
    const own = indexes.includes(index) ? decision : change.decision;
    if (own) next[own].push(index);
  });
  return next;
}

/** The places of the changes that nobody decided on yet. */
export function leftOpen(changes: readonly WrittenChange[]): number[] {
  return changes.flatMap(({ why, decision }, index) => (why !== null && decision === null ? [index] : []));
}

export function kindsOf({ why }: WrittenChange): Why {
  return why ?? "wording";
}

const BLANKS = { "": "none", " ": "plain", "\u00a0": "fixed", "\u202f": "narrow" } as const;

/** Blanks are invisible: one that is all that changed is told by its name, several are drawn. */
export function shownBlanks(words: string, name: (blank: (typeof BLANKS)[keyof typeof BLANKS]) => string): string {
  if (words in BLANKS) return name(BLANKS[words as keyof typeof BLANKS]);
  return /^\s+$/.test(words) ? words.replace(/[\u00a0\u202f]/g, "⍽").replace(/\s/g, "␣") : words;
}
