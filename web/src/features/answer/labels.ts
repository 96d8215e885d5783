/** The words that stand around an answer, in the person's language. */
export interface AnswerLabels {
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly copyCode: string;
  readonly code: (language: string) => string;
  readonly table: (columns: string) => string;
  readonly done: string;
  readonly toDo: string;
  readonly picture: (words: string, address: string) => string;
}
