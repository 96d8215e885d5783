/** The worker that sets formulas: KaTeX's code is read, made ready and run away from the page. */
import type { FormulaAnswer, FormulaRequest } from "./kinds";
import { answerOf } from "./set";

addEventListener("message", ({ data }: MessageEvent<FormulaRequest>) => {
  const answer: FormulaAnswer = { id: data.id, made: answerOf(data) };
  postMessage(answer);
});
