/** Formulas, from their source to their typeset form, when KaTeX and its fonts are there. */

import { type AnswerNode, hasChildren, type Maths } from "./nodes";
import { inSomeFrame, later } from "./pace";
import { css } from "./style";

type Setter = typeof import("./katex");

/** Time given to the fonts, so that a formula does not change its width after it is shown. */
const FONT_WAIT = 1_500;
const FONTS = ["1em KaTeX_Main", "italic 1em KaTeX_Math", "1em KaTeX_Size2"];
/** A longer source is set before its frame, not in it. */
const SHORT = 40;

let setter: Setter | null = null;
let loading: Promise<Setter | null> | null = null;

/** Small formulas that make KaTeX's code ready, one at a time, where a first long one would hold the page up. */
const FIRST_STEPS = [
  "x",
  "\\frac{a}{b}",
  "\\sum_{n}^{2}",
  "\\left(\\sqrt{x}\\right)",
  "\\begin{aligned}a&=\\mathbf{b}\\end{aligned}",
];

/** Null when it could not be fetched: formulas stay in source, and the next one tries again. */
export function loadSetter(): Promise<Setter | null> {
  loading ??= import("./katex")
    .then(async (loaded) => {
      const patience = new Promise((resolve) => setTimeout(resolve, FONT_WAIT));
      await Promise.all([Promise.race([fonts(), patience]), warmUp(loaded)]);
      setter = loaded;
      return loaded;
    })
    .catch(() => {
      loading = null;
      return null;
    });
  return loading;
}

export function loadedSetter(): Setter | null {
  return setter;
}

async function fonts(): Promise<void> {
  await Promise.allSettled(FONTS.map((font) => document.fonts?.load(font)));
}

async function warmUp({ setFormula }: Setter): Promise<void> {
  for (const tex of FIRST_STEPS) {
    setFormula(tex, true);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** Formulas set ahead of the frame that shows them, by source; null once shown, or when they cannot be set. */
export type Prepared = Map<string, Element | null>;

/** Names a formula among those prepared. */
export const keyOf = ({ tex, display }: Maths) => `${display ? "$$" : "$"}${tex}`;

/** The formulas among nodes that are worth setting ahead and are not yet. */
export function toPrepare(nodes: readonly AnswerNode[], prepared: Prepared): readonly Maths[] {
  return nodes.flatMap((node) => {
    if (hasChildren(node)) return toPrepare(node.children, prepared);
    const worth = node.kind === "maths" && !node.open && node.tex.length > SHORT && !prepared.has(keyOf(node));
    return worth ? [node] : [];
  });
}

/** Sets a formula ahead, in two steps that need not follow one another at once. */
export function prepare({ layFormula, drawFormula }: Setter, maths: Maths, prepared: Prepared): void {
  later(() => {
    const box = layFormula(maths.tex, maths.display);
    prepared.set(keyOf(maths), null);
    if (box) later(() => prepared.set(keyOf(maths), drawFormula(box)));
  });
}

/** Shows the formula in place of its source; returns how many elements that made. */
export function showFormula(setter: Setter, element: HTMLElement, maths: Maths, prepared: Prepared): number {
  const key = keyOf(maths);
  const formula = prepared.get(key) ?? setter.setFormula(maths.tex, maths.display);
  if (prepared.has(key)) prepared.set(key, null);
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
