/**
 * Draws a typeset formula, and looks at it as it does (TA-092): KaTeX's own elements and attributes, sizes and colours, and
 * nothing else. A formula has hundreds of elements, which DOMPurify takes four times as long to look at as KaTeX to make:
 * hence this plain list, which refuses the whole where prose is cleaned.
 */
import type { Drawn, DrawnElement } from "./kinds";

const ELEMENTS = new Set([
  ..."span svg path line g".split(" "),
  ..."math semantics menclose merror mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle".split(
    " ",
  ),
  ..."msub msubsup msup mtable mtd mtext mtr munder munderover".split(" "),
]);

const NAMESPACES = new Set([
  "http://www.w3.org/1999/xhtml",
  "http://www.w3.org/2000/svg",
  "http://www.w3.org/1998/Math/MathML",
]);

const ATTRIBUTES = new Set([
  ..."aria-hidden class d height preserveaspectratio viewbox width x1 x2 y1 y2 stroke-width".split(" "),
  ..."accent accentunder columnalign columnlines columnspacing depth display displaystyle fence linethickness".split(
    " ",
  ),
  ..."lspace mathcolor mathvariant maxsize minsize movablelimits notation rowlines rowspacing rspace".split(" "),
  ..."scriptlevel separator stretchy symmetric voffset".split(" "),
]);

const PROPERTIES =
  /^(?:(?:min-)?width|height|top|bottom|left|right|vertical-align|(?:margin|padding|border)(?:-[a-z-]+)?|(?:background-)?color|text-shadow)$/;
const FETCHES = /url|image|var|env|attr|src/i;

class Foreign extends Error {}

/** The formula as an element, or null when it holds anything that is not of a formula. */
export function drawFormula(drawn: DrawnElement): Element | null {
  try {
    return element(drawn);
  } catch (error) {
    if (error instanceof Foreign) return null;
    throw error;
  }
}

function element({ tag, namespace, attributes, style, children }: DrawnElement): Element {
  if (!ELEMENTS.has(tag) || !NAMESPACES.has(namespace)) throw new Foreign(tag);
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) {
    // An attribute of style is what the CSP refuses: sizes are set below.
    if (ATTRIBUTES.has(name.toLowerCase())) made.setAttribute(name, value);
  }
  const styled = made instanceof HTMLElement || made instanceof SVGElement; // not what is only read aloud
  for (const [name, value] of Object.entries(style)) {
    if (!isOnlySize(dashed(name), value)) throw new Foreign(name);
    if (styled) Object.assign(made.style, { [name]: value });
  }
  made.append(...children.filter(isShown).map((child) => (typeof child === "string" ? child : element(child))));
  return made;
}

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The TeX source would be read aloud after the formula. */
function isShown(drawn: Drawn): boolean {
  return typeof drawn === "string" || drawn.tag !== "annotation";
}

/** Nothing that fetches, floats over the page or moves. */
function isOnlySize(name: string, value: string): boolean {
  return name === "position" ? value === "relative" : PROPERTIES.test(name) && !FETCHES.test(value);
}
