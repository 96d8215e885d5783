/** What the page and the worker that sets formulas say to each other. */

/** A part of a typeset formula, before any DOM: words, or an element. */
export type Drawn = string | DrawnElement;

export interface DrawnElement {
  readonly tag: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Names as the DOM writes them: `marginRight`. */
  readonly style: Readonly<Record<string, string>>;
  readonly children: readonly Drawn[];
}

/** As it stands in the text, alone on its line, or as HTML on a line for word processors. */
export type FormulaForm = "inline" | "display" | "line";

export interface FormulaRequest {
  readonly id: number;
  readonly tex: string;
  readonly form: FormulaForm;
}

/** Null when the formula cannot be set. */
export interface FormulaAnswer {
  readonly id: number;
  readonly made: Drawn | null;
}
