/** Words around a rendered answer. */
import type fr from "../fr/answer";
import type { Same } from "../index";

export default {
  copy: "Copy",
  copied: "Copied",
  notCopied: "Copy refused: select the text, then Ctrl or ⌘ + C",
  copyCode: "Copy the code",
  code: "Code",
  codeIn: "{language} code",
  table: "Table: {columns}",
  done: "Done",
  toDo: "To do",
  picture: "[image: {words}] ({address})",
  noWords: "no description",
  leaveTitle: "Open {place}?",
  leaveWhy: "This link comes from the text of an answer. It leads away from this page, to the address:",
  leave: "Open in a new tab",
  stay: "Stay here",
  copyAddress: "Copy the address",
} satisfies Same<typeof fr>;
