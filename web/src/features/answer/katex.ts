/** Sets formulas with KaTeX. Loaded only when an answer holds one; brings KaTeX's style and fonts with it. */
import "katex/dist/katex.min.css";
import katex, { type KatexOptions } from "katex";
// Chemistry: \ce{H2O}.
import "katex/contrib/mhchem";
import { isOnlyFormula } from "./formulaCheck";
import { linearMaths, type MathsNode } from "./linearMaths";

const LONGEST = 4_000;
const MOST_BOXES = 20_000;
const DEEPEST = 200;

/** Definitions can make a short text into millions of boxes; links, pictures and styles have no place in a formula. */
const REFUSED =
  /\\(?:[gex]?def|let|futurelet|global|(?:re|provide)?newcommand|html\w*|href|url|includegraphics)(?![a-zA-Z])/;

const OPTIONS: KatexOptions = {
  output: "htmlAndMathml",
  trust: false,
  strict: false,
  throwOnError: true,
  maxExpand: 300,
  maxSize: 20,
};

/** What KaTeX makes before any DOM exists. */
export interface Box extends MathsNode {
  readonly children?: readonly Box[];
  readonly attributes?: Record<string, string>;
  toNode(): Node;
}

/** Exported by KaTeX for those who look at the tree, as we do; its types leave it out. */
const builder = katex as unknown as { __renderToDomTree(tex: string, options: KatexOptions): Box };

/** The formula as an element, or null when it cannot be set: its source then stays as it is. */
export function setFormula(tex: string, display: boolean): Element | null {
  const box = layFormula(tex, display);
  return box && drawFormula(box);
}

/** The first half of the work, without any DOM. */
export function layFormula(tex: string, display: boolean): Box | null {
  if (tex.length > LONGEST || REFUSED.test(tex)) return null;
  try {
    const tree = builder.__renderToDomTree(tex, { ...OPTIONS, displayMode: display });
    return fits(tree) ? tree : null;
  } catch {
    return null;
  }
}

/** The second half. */
export function drawFormula(box: Box): Element | null {
  const element = box.toNode() as Element;
  return isOnlyFormula(element) ? element : null;
}

/** The formula as a line of HTML, for word processors; null when it cannot be set, or not on a line. */
export function formulaAsLine(tex: string): string | null {
  if (tex.length > LONGEST || REFUSED.test(tex)) return null;
  try {
    const tree = builder.__renderToDomTree(tex, { ...OPTIONS, output: "mathml" });
    return fits(tree) ? linearMaths(tree) : null;
  } catch {
    return null;
  }
}

/** False for what is too big. On the way, takes off the style attributes, which the CSP refuses; sizes are set otherwise. */
function fits(root: Box): boolean {
  const waiting: (readonly [box: Box, depth: number])[] = [[root, 0]];
  for (let count = 0; count < waiting.length; count += 1) {
    const [box, depth] = waiting[count] ?? [root, 0];
    if (depth > DEEPEST || count > MOST_BOXES) return false;
    if (box.attributes) Reflect.deleteProperty(box.attributes, "style");
    for (const child of box.children ?? []) waiting.push([child, depth + 1]);
  }
  return true;
}
