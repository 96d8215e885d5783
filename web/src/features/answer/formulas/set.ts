/** Sets formulas with KaTeX, in the worker. */
import katex, { type KatexOptions } from "katex";
// Chemistry: \ce{H2O}.
import "katex/contrib/mhchem";
import type { Drawn, DrawnElement, FormulaRequest } from "./kinds";
import { linearMaths, type MathsNode } from "./linearMaths";
import { onPaper } from "./paper";

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
interface Box extends MathsNode {
  readonly children?: readonly Box[];
  toNode(): unknown;
}

/** Exported by KaTeX for those who look at the tree, as we do; its types leave it out. */
const builder = katex as unknown as { __renderToDomTree(tex: string, options: KatexOptions): Box };

/** Null when it cannot be set: its source then stays as it is. */
export function answerOf({ tex, form }: Omit<FormulaRequest, "id">): Drawn | null {
  return form === "line" ? formulaAsLine(tex) : setFormula(tex, form === "display");
}

/** The formula as what the page draws. */
export function setFormula(tex: string, displayMode: boolean): DrawnElement | null {
  const tree = treeOf(tex, { displayMode });
  return tree && onPaper(() => tree.toNode());
}

/** The formula as a line of HTML, for word processors; null as well when a line cannot hold it. */
export function formulaAsLine(tex: string): string | null {
  const tree = treeOf(tex, { output: "mathml" });
  return tree && linearMaths(tree);
}

function treeOf(tex: string, options: KatexOptions): Box | null {
  if (tex.length > LONGEST || REFUSED.test(tex)) return null;
  try {
    const tree = builder.__renderToDomTree(tex, { ...OPTIONS, ...options });
    return fits(tree) ? tree : null;
  } catch {
    return null;
  }
}

/** False for what is too big. */
function fits(root: Box): boolean {
  const waiting: (readonly [box: Box, depth: number])[] = [[root, 0]];
  for (let count = 0; count < waiting.length; count += 1) {
    const [box, depth] = waiting[count] ?? [root, 0];
    if (depth > DEEPEST || count > MOST_BOXES) return false;
    for (const child of box.children ?? []) waiting.push([child, depth + 1]);
  }
  return true;
}
