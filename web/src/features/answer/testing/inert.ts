/** What must hold of the DOM of any answer, whatever its text. */
import { OWN_CLASSES } from "../style";

const PROSE_TAGS =
  "a blockquote br button code div em figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre s span strong sup table tbody td th thead tr ul";
const FORMULA_TAGS =
  "span svg path line g math semantics menclose merror mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover";
const PROSE_ATTRIBUTES = "class data-action data-tex dir href rel role scope start tabindex target translate type";

const TAGS = new Set(PROSE_TAGS.split(" "));
const TAGS_IN_FORMULA = new Set(FORMULA_TAGS.split(" "));
const ATTRIBUTES = new Set(PROSE_ATTRIBUTES.split(" "));
const NEVER = /^(?:on|src|srcset|srcdoc|poster|background|action|formaction|ping|id|name|xlink|for|is|slot|href$)/;

/** All that is wrong with what is inside the element: nothing, for an answer. */
export function faults(host: Element): readonly string[] {
  return [...host.querySelectorAll("*")].flatMap((element) => {
    const inFormula = element.closest(".katex, .katex-display") !== null;
    return inFormula ? formulaFaults(element) : proseFaults(element);
  });
}

function proseFaults(element: Element): readonly string[] {
  const tag = element.localName;
  const wrong = [...element.attributes].filter(({ name }) => !ATTRIBUTES.has(name) && !name.startsWith("aria-"));
  const foreign = [...element.classList].filter((name) => !OWN_CLASSES.has(name));
  return [
    ...(TAGS.has(tag) ? [] : [`element ${tag}`]),
    ...wrong.map(({ name }) => `attribute ${name} of ${tag}`),
    ...foreign.map((name) => `class ${name} of ${tag}`),
    ...(element.hasAttribute("href") ? linkFaults(element) : []),
    ...(tag === "button" && element.getAttribute("type") !== "button" ? ["button that submits"] : []),
  ];
}

function linkFaults(link: Element): readonly string[] {
  const href = link.getAttribute("href") ?? "";
  return [
    ...(link.localName === "a" ? [] : [`href of ${link.localName}`]),
    ...(/^(?:https?:\/\/[^/@\s]+(?:\/|$)|mailto:[^\s?]+$)/.test(href) ? [] : [`address ${href}`]),
    ...(link.getAttribute("rel") === "noopener noreferrer nofollow" ? [] : ["link without rel"]),
    ...(link.getAttribute("target") === "_blank" ? [] : ["link that leaves the page"]),
  ];
}

function formulaFaults(element: Element): readonly string[] {
  const wrong = [...element.attributes].filter(({ name }) => NEVER.test(name));
  const style = element.getAttribute("style") ?? "";
  return [
    ...(TAGS_IN_FORMULA.has(element.localName) ? [] : [`element ${element.localName} in a formula`]),
    ...wrong.map(({ name }) => `attribute ${name} in a formula`),
    ...(/url|position|z-index|image|expression/i.test(style) ? [`style ${style}`] : []),
  ];
}
