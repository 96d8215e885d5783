/** French words around an answer, for tests that need no screen. */
import type { AnswerLabels } from "../labels";

export const LABELS: AnswerLabels = {
  copy: "Copier",
  copied: "Copié",
  notCopied: "Copie refusée",
  copyCode: "Copier le code",
  code: (language) => `Code ${language}`.trim(),
  table: (columns) => `Tableau : ${columns}`,
  done: "Fait",
  toDo: "À faire",
  picture: (words, address) => `[image : ${words}] (${address})`,
};
