/** The classes that a rendered answer may bear, and no others. */
import { classes } from "#/ui/classes";
import sheet from "./Answer.module.css";
import cites from "./Cite.module.css";
import { KINDS } from "./colouring/kinds";

export const css = classes(sheet);
/** Of the numbers of citations. */
export const citeCss = classes(cites);

const NAMES = [
  ...KINDS,
  ..."heading1 heading2 heading3 heading4 heading5 heading6".split(" "),
  ..."link place picture task done toDo mark note inlineCode code codeCaption codeLines copy piece".split(" "),
  ..."table left center right numeric formula display pending chapter settled".split(" "),
] as const;

export const OWN_CLASSES: ReadonlySet<string> = new Set([
  ...NAMES.map((name) => css(name)),
  ..."kept cite found citation waiting verified unsupported".split(" ").map((name) => citeCss(name)),
]);
