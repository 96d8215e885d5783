/**
 * The last look at what an answer became, on the final DOM, just before it is shown (TA-092). What builds that DOM already
 * makes nothing dangerous; this holds even if it one day did. Formulas have a list of their own (formulas/draw.ts).
 */
import createDOMPurify, { type Config } from "dompurify";
import { trustedTypesPolicy } from "./trustedTypes";

const ATTRIBUTES = "class data-action data-tex dir href rel role scope start tabindex target translate type".split(" ");

const PROSE: Config = {
  ALLOWED_TAGS: [
    ..."#text a blockquote br button code div em figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre".split(" "),
    ..."s span strong sup table tbody td th thead tr ul".split(" "),
  ],
  ALLOWED_ATTR: ATTRIBUTES,
  ALLOW_ARIA_ATTR: true,
  ALLOW_DATA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  // Text that has an address in it is still text.
  ADD_URI_SAFE_ATTR: ATTRIBUTES.filter((name) => name !== "href"),
  IN_PLACE: true,
};

/** Only our own classes stay: an answer must not dress up as a part of the page. */
export function proseSanitiser(ownClasses: ReadonlySet<string>): (element: Element) => void {
  const purifier = createDOMPurify(window);
  const policy = trustedTypesPolicy();
  purifier.addHook("uponSanitizeAttribute", (_, event) => {
    if (event.attrName === "class") event.keepAttr = event.attrValue.split(" ").every((name) => ownClasses.has(name));
  });
  purifier.setConfig({ ...PROSE, ...(policy && { TRUSTED_TYPES_POLICY: policy }) });
  return (element) => {
    purifier.sanitize(element);
  };
}
