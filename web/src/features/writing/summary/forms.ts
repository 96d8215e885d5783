/** What a summary may be, the most wanted first; how long, for whom. */
import type { SummaryForm } from "#/api/types";

export const FORMS: readonly SummaryForm[] = [
  "key-points",
  "three-lines",
  "page",
  "note",
  "decisions",
  "comparison",
  "positions",
  "chronology",
  "abstract",
];
export const LENGTHS = ["usual", "short", "long"] as const;
export const AUDIENCES = ["usual", "deciders", "experts", "public"] as const;
/** How many documents one summary takes. */
export const MOST_FILES = 20;
