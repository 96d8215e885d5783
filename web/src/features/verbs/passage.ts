/**
 * The words of a passage of the page, as the desk reads them: no code, no numbers of citations, formulas by their source.
 * An element that offers its words says so with `data-passage`.
 */
import { sourceOf, wordsOf } from "#/features/answer/copySelection";

const OFFERS = "[data-passage]";
const FENCE = /```/;

export interface Chosen {
  readonly text: string;
  readonly box: DOMRect;
}

/** What the person selected, inside one element that offers its words; null for anything else. */
export function chosenIn(root: Element | null, selection: Selection | null): Chosen | null {
  if (!root || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const offers = (around instanceof Element ? around : around.parentElement)?.closest(OFFERS);
  if (!offers || !root.contains(offers)) return null;
  const text = textOf(range);
  if (text === "" || FENCE.test(text)) return null;
  return { text, box: range.getBoundingClientRect() };
}

/** All that an element says. */
export function wholeOf(element: Element): string {
  const range = document.createRange();
  range.selectNodeContents(element);
  return textOf(range);
}

function textOf(range: Range): string {
  const around = range.commonAncestorContainer;
  if ((around instanceof Element ? around : around.parentElement)?.closest("pre, figure")) return "";
  const holder = document.createElement("div");
  holder.append(range.cloneContents());
  for (const left of holder.querySelectorAll("pre, button, figcaption, .visuallyHidden, sup")) left.remove();
  for (const formula of holder.querySelectorAll("[data-tex]")) formula.replaceWith(sourceOf(formula));
  return wordsOf(holder).trim();
}
