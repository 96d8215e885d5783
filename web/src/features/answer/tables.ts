/** Columns of figures are set to the right, with figures of one width, whether or not the Markdown asked for it. */
import { type AnswerNode, type Cell, type Element, plainText } from "./nodes";

/** 1 204,50 · −3 · 12,4 % · 1.5e-3 · 3 000 € · $5 · ≈ 12 · n/a stays a word. */
const FIGURES = /^[≈~<>≤≥±+−–-]?\s?[$€£]?\s?\d[\d\s.,'’]*(?:e[+−-]?\d+)?\s?(?:[%‰€$£°]|[kMG]?€|[kM]?\$)?$/iu;

/** Gives the cells of a table what their column is, judged on its first row of values. */
export function columnsOf(sections: readonly AnswerNode[]): readonly AnswerNode[] {
  const rows = sections.flatMap((section) => (hasRows(section) ? section.children : []));
  const first = rows.find((row) => cellsOf(row)[0]?.header === false);
  if (!first) return sections;
  const numeric = cellsOf(first).map((cell) => FIGURES.test(plainText(cell.children).trim()));
  return sections.map((section) =>
    hasRows(section) ? { ...section, children: section.children.map(inColumns(numeric)) } : section,
  );
}

function inColumns(numeric: readonly boolean[]): (row: AnswerNode) => AnswerNode {
  return (row) => {
    if (!isElement(row, "tr")) return row;
    return { ...row, children: cellsOf(row).map((cell, index) => ({ ...cell, numeric: numeric[index] === true })) };
  };
}

function cellsOf(row: AnswerNode): readonly Cell[] {
  return isElement(row, "tr") ? row.children.filter((cell) => cell.kind === "cell") : [];
}

function hasRows(node: AnswerNode): node is Element {
  return isElement(node, "thead") || isElement(node, "tbody");
}

function isElement(node: AnswerNode, tag: Element["tag"]): node is Element {
  return node.kind === "element" && node.tag === tag;
}
