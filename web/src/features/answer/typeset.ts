/** Formulas of an answer, from their source to their typeset form: set by a worker, drawn between frames, then shown. */
import { formulaSet } from "./formulas/client";
import { drawFormula } from "./formulas/draw";
import type { DrawnElement } from "./formulas/kinds";
import { type AnswerNode, formulasAmong, type Maths } from "./nodes";
import { inSomeFrame, later } from "./pace";
import { css } from "./style";

/** Time given to the fonts, so that a formula does not change its width after it is shown. */
const FONT_WAIT = 1_500;
const FONTS = ["1em KaTeX_Main", "italic 1em KaTeX_Math", "1em KaTeX_Size2"];
/** Milliseconds that words wait for the formulas among them; these then come after. */
const WORDS_WAIT = 150;

let ready = false;
let loading: Promise<boolean> | null = null;

/** True once style, fonts and worker are there; false when they could not be fetched, and the next formula tries again. */
export function loadSetter(): Promise<boolean> {
  loading ??= load().then((loaded) => {
    ready = loaded;
    if (!loaded) loading = null;
    return loaded;
  });
  return loading;
}

async function load(): Promise<boolean> {
  try {
    const [first] = await Promise.all([formulaSet("x", false), import("katex/dist/katex.min.css")]);
    const patience = new Promise((resolve) => setTimeout(resolve, FONT_WAIT));
    await Promise.race([Promise.allSettled(FONTS.map((font) => document.fonts?.load(font))), patience]);
    return first !== null;
  } catch {
    return false;
  }
}

interface Preparing {
  readonly since: number;
  /** Undefined until the worker has answered; null when the formula cannot be set. */
  drawn?: DrawnElement | null;
  /** Drawn ahead, for the first place that shows it. */
  element?: Element | null;
}

/** Formulas being set ahead of the frame that shows them, by source. */
export type Prepared = Map<string, Preparing>;

const keyOf = ({ tex, display }: Maths) => `${display ? "$$" : "$"}${tex}`;

/** Has the formulas among nodes set; true when nothing more is to be waited for. Tells when it is worth asking again. */
export function prepare(nodes: readonly AnswerNode[], prepared: Prepared, tell: () => void): boolean {
  if (!ready) return true;
  const all = formulasAmong(nodes).filter(({ open }) => !open);
  for (const maths of all) if (!prepared.has(keyOf(maths))) prepareOne(maths, prepared, tell);
  const late = performance.now() - WORDS_WAIT;
  return all.every((maths) => {
    const one = prepared.get(keyOf(maths));
    return one === undefined || one.element !== undefined || one.since <= late;
  });
}

function prepareOne(maths: Maths, prepared: Prepared, tell: () => void): void {
  const one: Preparing = { since: performance.now() };
  prepared.set(keyOf(maths), one);
  setTimeout(tell, WORDS_WAIT + 1);
  void formulaSet(maths.tex, maths.display).then((drawn) =>
    later(() => {
      one.drawn = drawn;
      one.element = drawn && drawFormula(drawn);
      tell();
    }),
  );
}

/** The formula, when it was prepared; null when it cannot be set, undefined when it is not there yet. */
export function preparedFormula(maths: Maths, prepared: Prepared): Element | null | undefined {
  const one = prepared.get(keyOf(maths));
  if (one?.drawn === undefined) return undefined;
  const element = one.element ?? (one.drawn && drawFormula(one.drawn));
  one.element = null;
  return element;
}

/** The formula once everything is there, drawn in the frame that shows it. */
export async function laterFormula({ tex, display }: Maths): Promise<() => Element | null> {
  const drawn = (await loadSetter()) ? await formulaSet(tex, display) : null;
  return () => drawn && drawFormula(drawn);
}

/** Shows the formula in place of its source; returns how many elements that made. */
export function showFormula(element: HTMLElement, maths: Maths, formula: Element | null): number {
  element.className = css("formula", maths.display && "display", !formula && "pending");
  if (!formula) return 1;
  // What is read aloud is as large again as what is seen, and not needed in the same frame.
  const spoken = formula.querySelector(".katex-mathml");
  const place = spoken?.parentElement;
  spoken?.remove();
  element.replaceChildren(formula);
  if (spoken && place) {
    inSomeFrame(() => {
      place.prepend(spoken);
      return spoken.querySelectorAll("*").length;
    });
  }
  return formula.querySelectorAll("*").length;
}
