/** One element for each kind of node, made by hand: no text of an answer is ever read as HTML. */
import type { AnswerLabels } from "./labels";
import {
  type Cell,
  type Cite,
  type Cited,
  type Element as ElementNode,
  hasChildren,
  type Link,
  type Maths,
  plainText,
} from "./nodes";
import { citeCss, css } from "./style";

const LONGEST_ADDRESS = 80;

/** The page's own headings come first: those of an answer begin at the third level. */
const FIRST_LEVEL = 3;

export function plain({ tag, task }: ElementNode): HTMLElement {
  const element = document.createElement(tag);
  if (task) element.className = css("task");
  return element;
}

export function wordsIn(tag: "code" | "span" | "sup", name: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = css(name);
  element.textContent = text;
  if (tag === "code") element.translate = false;
  return element;
}

export function picture(words: string, address: string, labels: AnswerLabels): HTMLElement {
  const shortened = address.length > LONGEST_ADDRESS ? `${address.slice(0, LONGEST_ADDRESS)}…` : address;
  return wordsIn("span", "picture", labels.picture(words, shortened));
}

export function tickBox(done: boolean, labels: AnswerLabels): HTMLElement {
  const box = document.createElement("span");
  box.className = css(done ? "done" : "toDo");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", done ? labels.done : labels.toDo);
  return box;
}

export function heading(level: number): HTMLElement {
  const element = document.createElement(`h${Math.min(6, level + FIRST_LEVEL - 1)}`);
  element.className = css(`heading${level}`);
  return element;
}

export function cell({ header, align, numeric, children }: Cell): HTMLElement {
  // A header without words heads nothing.
  const heads = header && children.length > 0;
  const element = document.createElement(heads ? "th" : "td");
  if (heads) element.setAttribute("scope", "col");
  const side = align ?? (numeric ? "right" : null);
  if (side !== null || numeric) element.className = css(side, numeric && "numeric");
  return element;
}

/** Wide tables scroll in their own place, which the keyboard can reach. */
export function tableFrame(): readonly [frame: HTMLElement, table: HTMLElement] {
  const frame = document.createElement("div");
  frame.className = css("table");
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  const table = document.createElement("table");
  frame.append(table);
  return [frame, table];
}

export function nameTable(frame: Element, node: ElementNode, labels: AnswerLabels): void {
  const [head] = node.children;
  const [row] = head && hasChildren(head) ? head.children : [];
  const columns = row && hasChildren(row) ? row.children.map((column) => plainText([column])).join(", ") : "";
  frame.setAttribute("aria-label", labels.table(columns));
}

/** A link, and after it the place where it leads when its words do not say it. */
export function linkFrame({ href, shown }: Link): readonly [frame: HTMLElement, link: HTMLElement] {
  const frame = document.createElement("span");
  frame.className = css("link");
  const link = document.createElement("a");
  link.href = href;
  link.rel = "noopener noreferrer nofollow";
  link.target = "_blank";
  frame.append(link);
  if (shown !== null) frame.append(wordsIn("span", "place", ` (${shown})`));
  return [frame, link];
}

/** The words of an address that is no link, and after them the place that they name. */
export function wordsFrame({ shown }: Link): readonly [frame: HTMLElement, words: HTMLElement] {
  const frame = document.createElement("span");
  const words = document.createElement("span");
  frame.append(words);
  if (shown !== null) frame.append(wordsIn("span", "place", ` (${shown})`));
  return [frame, words];
}

/** The source of a formula, until it is typeset. */
export function formula({ tex, display, open }: Maths): HTMLElement {
  const element = document.createElement("span");
  element.className = css("formula", display && "display", "pending");
  element.setAttribute("data-tex", tex);
  element.translate = false;
  if (!open) element.textContent = tex;
  return element;
}

/** Each number of a citation, to press, on one line with its word; one that is not checked yet holds its place. */
export function cite({ cited, found, before, after }: Cite): HTMLElement {
  const numbers = document.createElement("sup");
  numbers.className = citeCss("cite", found && "found");
  numbers.append(...cited.map(number));
  const kept = document.createElement("span");
  kept.className = citeCss("kept");
  kept.append(document.createTextNode(before), numbers, document.createTextNode(after));
  return kept;
}

/** The same numbers, now that more is known of them; false when they need other elements. */
export function dressCite(kept: Element, before: Cite, after: Cite): boolean {
  const same =
    before.found === after.found &&
    before.before === after.before &&
    before.after === after.after &&
    before.cited.length === after.cited.length &&
    before.cited.every(({ index }, place) => (index === null) === (after.cited[place]?.index === null));
  if (!same) return false;
  for (const [place, one] of after.cited.entries()) dress(kept.firstElementChild?.children[place], one);
  return true;
}

function number(one: Cited): HTMLElement {
  const element = document.createElement(one.index === null ? "span" : "button");
  if (one.index !== null) element.setAttribute("type", "button");
  dress(element, one);
  return element;
}

function dress(element: Element | undefined, { index, number: shown, state, label }: Cited): void {
  if (!element) return;
  element.className = citeCss("citation", state === "pending" ? "waiting" : state);
  element.textContent = shown === 0 ? "" : String(shown);
  if (index === null) return;
  element.setAttribute("data-action", `cite:${index}`);
  element.setAttribute("aria-label", label);
}
