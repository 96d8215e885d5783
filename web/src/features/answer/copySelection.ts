/**
 * Copying a part of an answer by hand. A typeset formula is there twice, once to be seen and once to be read aloud, and
 * neither pastes as anything: its source is copied in its place; so are the numbers of citations. Without these, the browser
 * does it well by itself.
 */

import { citeCss } from "./style";

const BLOCKS = new Set("BLOCKQUOTE DIV FIGURE H1 H2 H3 H4 H5 H6 LI OL P PRE TABLE TR UL".split(" "));

/** Fills the clipboard and returns true when the selection holds a formula or a citation. */
export function copySelection(selection: Selection | null, clipboard: DataTransfer): boolean {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return false;
  const range = selection.getRangeAt(0).cloneRange();
  const first = formulaAround(range.startContainer);
  const last = formulaAround(range.endContainer);
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const holder = document.createElement("div");
  holder.append(range.cloneContents());
  const formulas = holder.querySelectorAll("[data-tex]");
  const cites = holder.querySelectorAll(`.${citeCss("cite")}`);
  if (formulas.length + cites.length === 0) return false;
  for (const formula of formulas) formula.replaceWith(sourceOf(formula));
  for (const cite of cites) cite.replaceWith(numbersOf(cite));
  for (const caption of holder.querySelectorAll("figcaption")) caption.remove();
  clipboard.setData("text/plain", plain(holder).trim());
  clipboard.setData("text/html", holder.innerHTML);
  return true;
}

function formulaAround(node: Node): Element | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest("[data-tex]") ?? null;
}

/** A formula as it was written. */
export function sourceOf(formula: Element): string {
  const around = formula.querySelector(".katex-display") ? "$$" : "$";
  return around + (formula.getAttribute("data-tex") ?? "") + around;
}

/** As the answer wrote them; those that the machine found by itself are not its words. */
function numbersOf(cite: Element): string {
  if (cite.classList.contains(citeCss("found"))) return "";
  return ` [${[...cite.children].map(({ textContent }) => textContent).join(", ")}]`;
}

/** The words of a fragment, a line for each block. */
export const wordsOf = (node: Node) => plain(node);

function plain(node: Node): string {
  if (node instanceof Text) return node.data;
  if (node.nodeName === "BR") return "\n";
  const text = [...node.childNodes].map(plain).join("");
  if (node.nodeName === "TD" || node.nodeName === "TH") return `${text}\t`;
  return BLOCKS.has(node.nodeName) && text !== "" ? `${text.replace(/[\t\n]+$/, "")}\n` : text;
}
