/** Asks the worker for the colours of a piece of code. One that takes too long stays in one colour. */
import { hiring } from "../hired";
import type { ColourAnswer, ColourRequest, Line } from "./kinds";
import { languageNamed } from "./names";
import workerAddress from "./worker?worker&url";

const LONGEST = 100_000;
const PATIENCE = 10_000;

const ask = hiring<ColourRequest, ColourAnswer>(workerAddress, PATIENCE);

/** Empty when there are no colours to give. */
export async function coloursOf(text: string, written: string): Promise<readonly Line[]> {
  const language = languageNamed(written);
  if (language === null || text.length > LONGEST) return [];
  return (await ask({ text, language }))?.lines ?? [];
}
