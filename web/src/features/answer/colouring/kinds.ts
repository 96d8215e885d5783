/** What the page and the worker that colours code say to each other. */
import type { LanguageName } from "./names";

/** What a run of characters of code can be; one class each in the style of an answer. */
export const KINDS = ["comment", "constant", "function", "keyword", "parameter", "punctuation", "string"] as const;

export type Kind = (typeof KINDS)[number];

/** The runs of a line, from its start; null is plain. */
export type Line = readonly (readonly [length: number, kind: Kind | null])[];

export interface ColourRequest {
  readonly id: number;
  readonly text: string;
  readonly language: LanguageName;
}

export interface ColourAnswer {
  readonly id: number;
  readonly lines: readonly Line[];
}
