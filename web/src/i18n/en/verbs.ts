/** What can be done with a passage of a conversation, or a file of it, at the writing desk. */
import type { Same } from "#/i18n";
import type fr from "../fr/verbs.ts";

export default {
  toolbar: "What to do with this passage",
  menu: "Translate, summarise, rephrase…",
  names: {
    translate: "Translate",
    summarise: "Summarise",
    rephrase: "Rephrase",
    simplify: "Simplify",
    correct: "Correct",
  },
  into: "Into",
  form: "Form",
  forms: { "three-lines": "Three lines", "key-points": "Key points" },
  held: "{held, number} of {statements, number} {statements, plural, one {statement} other {statements}} {held, plural, one {is} other {are}} held by the passage.",
  writing: "Under way…",
  result: "Result",
  copy: "Copy",
  copied: "Copied.",
  notCopied: "Nothing was copied. Select the text, then Ctrl+C.",
  close: "Close",
  atDesk: "Open at the writing desk",
  toCheck:
    "{count, plural, one {One passage is to be checked: the desk says why.} other {# passages are to be checked: the desk says why.}}",
  file: "Translate or rewrite {name}",
  summariseFile: "Summarise {name}",
  fileActions: "Other actions on {name}",
} satisfies Same<typeof fr>;
