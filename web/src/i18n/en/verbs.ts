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
  fileActions: "Other actions on {name}",
} satisfies Same<typeof fr>;
