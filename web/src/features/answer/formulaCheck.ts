/**
 * The last look at a typeset formula, on its final DOM, just before it is shown (TA-092): KaTeX's own elements and
 * attributes, sizes and colours, and nothing else. A formula has hundreds of elements, which DOMPurify takes four times as
 * long to look at as KaTeX to make: hence this plain list, which refuses the whole where prose is cleaned.
 */

const ELEMENTS = new Set([
  ..."span svg path line g".split(" "),
  ..."math semantics menclose merror mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle".split(
    " ",
  ),
  ..."msub msubsup msup mtable mtd mtext mtr munder munderover".split(" "),
]);

const ATTRIBUTES = new Set([
  ..."aria-hidden class d height preserveaspectratio style viewbox width x1 x2 y1 y2 stroke-width".split(" "),
  ..."accent accentunder columnalign columnlines columnspacing depth display displaystyle fence linethickness".split(
    " ",
  ),
  ..."lspace mathcolor mathvariant maxsize minsize movablelimits notation rowlines rowspacing rspace".split(" "),
  ..."scriptlevel separator stretchy symmetric voffset".split(" "),
]);

const PROPERTIES =
  /^(?:(?:min-)?width|height|top|bottom|left|right|vertical-align|(?:margin|padding|border)(?:-[a-z-]+)?|(?:background-)?color|text-shadow)$/;
const FETCHES = /url|image|var|env|attr|src/i;

/** Takes away attributes that are not those of a formula; false when an element is not, and nothing may be shown. */
export function isOnlyFormula(root: Element): boolean {
  // The TeX source, which would be read aloud after the formula.
  for (const source of root.querySelectorAll("annotation")) source.remove();
  return [root, ...root.querySelectorAll("*")].every(isFormulaElement);
}

function isFormulaElement(element: Element): boolean {
  if (!ELEMENTS.has(element.localName)) return false;
  for (const { name } of [...element.attributes]) {
    if (!ATTRIBUTES.has(name.toLowerCase())) element.removeAttribute(name);
  }
  return !element.hasAttribute("style") || hasOnlySizes((element as HTMLElement).style);
}

/** Nothing that fetches, floats over the page or moves. */
function hasOnlySizes(style: CSSStyleDeclaration): boolean {
  return [...style].every((name) => {
    const value = style.getPropertyValue(name);
    return name === "position" ? value === "relative" : PROPERTIES.test(name) && !FETCHES.test(value);
  });
}
