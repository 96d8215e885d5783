/** Asks the worker to set a formula. Those set lately are kept: a page scrolled back shows them again at once. */
import { hiring } from "../hired";
import type { Drawn, DrawnElement, FormulaAnswer, FormulaForm, FormulaRequest } from "./kinds";
import workerAddress from "./worker?worker&url";

/** Of one formula; the code itself comes within it, the first time. */
const PATIENCE = 10_000;
const KEPT = 400;

const ask = hiring<FormulaRequest, FormulaAnswer>(workerAddress, PATIENCE);
const kept = new Map<string, Promise<Drawn | null>>();

/** Null when the formula cannot be set: its source then stays as it is. */
export async function formulaSet(tex: string, display: boolean): Promise<DrawnElement | null> {
  return (await made(tex, display ? "display" : "inline")) as DrawnElement | null;
}

/** The formula as HTML on a line, for word processors; null when a line cannot hold it. */
export async function formulaAsLine(tex: string): Promise<string | null> {
  return (await made(tex, "line")) as string | null;
}

function made(tex: string, form: FormulaForm): Promise<Drawn | null> {
  const key = form + tex;
  const known = kept.get(key) ?? asked(key, tex, form);
  kept.delete(key);
  kept.set(key, known);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return known;
}

async function asked(key: string, tex: string, form: FormulaForm): Promise<Drawn | null> {
  const answer = await ask({ tex, form });
  if (!answer) kept.delete(key); // the worker was ended: the next one may do better
  return answer?.made ?? null;
}
