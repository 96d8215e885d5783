/**
 * The last look at what an answer became, on the final DOM, just before it is shown (TA-092). What builds that DOM already
 * makes nothing dangerous; this holds even if it one day did. Two lists: prose, and formulas set by KaTeX.
 */
import createDOMPurify, { type Config, type DOMPurify, type UponSanitizeAttributeHookEvent } from "dompurify";
import { trustedTypesPolicy } from "./trustedTypes";

const PROSE: Config = {
  ALLOWED_TAGS: [
    ..."#text a blockquote br button code div em figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre".split(" "),
    ..."s span strong sup table tbody td th thead tr ul".split(" "),
  ],
  ALLOWED_ATTR: "class data-action data-tex dir href rel role scope start tabindex target translate type".split(" "),
};

const FORMULA: Config = {
  ALLOWED_TAGS: [
    ..."#text span svg path line g".split(" "),
    ..."math semantics menclose merror mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle".split(
      " ",
    ),
    ..."msub msubsup msup mtable mtd mtext mtr munder munderover".split(" "),
  ],
  ALLOWED_ATTR: [
    ..."aria-hidden class d height preserveaspectratio style viewbox width x1 x2 y1 y2 stroke-width".split(" "),
    ..."accent accentunder columnalign columnspacing depth display displaystyle fence linethickness lspace".split(" "),
    ..."mathcolor mathvariant maxsize minsize movablelimits notation rowspacing rspace scriptlevel separator".split(
      " ",
    ),
    ..."stretchy symmetric voffset xmlns".split(" "),
  ],
  // The TeX source would otherwise be read aloud after the formula.
  ADD_FORBID_CONTENTS: ["annotation"],
};

const EVERYWHERE: Config = {
  IN_PLACE: true,
  ALLOW_ARIA_ATTR: true,
  ALLOW_DATA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  // Text that has an address in it is still text.
  ADD_URI_SAFE_ATTR: [...(PROSE.ALLOWED_ATTR ?? []), ...(FORMULA.ALLOWED_ATTR ?? [])].filter((name) => name !== "href"),
};

type Sanitise = (element: Element) => void;

/** Ours, and no other: an answer must not dress up as a part of the page. */
export function proseSanitiser(ownClasses: ReadonlySet<string>): Sanitise {
  return sanitiser(PROSE, (_, event) => {
    if (event.attrName === "class") event.keepAttr = event.attrValue.split(" ").every((name) => ownClasses.has(name));
  });
}

/** What KaTeX sets on its boxes: sizes and colours, nothing that floats over the page or moves. */
const BOX_PROPERTIES =
  /^(?:(?:min-)?width|height|top|left|vertical-align|(?:margin|padding|border)-[a-z-]+|(?:background-)?color|text-shadow)$/;
const FETCHES = /url|image|var|env|attr|src/i;

export function formulaSanitiser(): Sanitise {
  return sanitiser(FORMULA, (element, event) => {
    if (event.attrName !== "style") return;
    const { style } = element as HTMLElement;
    event.keepAttr = [...style].every(
      (name) => BOX_PROPERTIES.test(name) && !FETCHES.test(style.getPropertyValue(name)),
    );
  });
}

type Check = (element: Element, event: UponSanitizeAttributeHookEvent) => void;

function sanitiser(config: Config, check: Check): Sanitise {
  const purifier: DOMPurify = createDOMPurify(window);
  const policy = trustedTypesPolicy();
  purifier.addHook("uponSanitizeAttribute", check);
  purifier.setConfig({ ...EVERYWHERE, ...config, ...(policy && { TRUSTED_TYPES_POLICY: policy }) });
  return (element) => {
    purifier.sanitize(element);
  };
}
