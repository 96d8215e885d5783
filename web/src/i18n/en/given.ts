/** What is given with a question: files and document bases. */
import type { Same } from "..";
import type fr from "../fr/given";

export default {
  add: "Add files or document bases",
  files: "Files of this device",
  folder: "A whole folder",
  camera: "Take a picture",
  bases: "Search document bases",
  fileList: "Files attached to the question",
  baseList: "Bases to search",
  remove: "Remove {name}",
  retry: "Try again for {name}",
  drop: "Drop your files here. They will be attached to your question.",
  added: "{count, plural, one {# file added.} other {# files added.}}",
  tooMany:
    "{count, plural, one {# file was not added} other {# files were not added}}: a question carries {most, number} at most.",
  readNow: "{name} is read.",
  failedNow: "{name}: {reason}",
  level: "Level {level}, because of “{name}”.",
  waiting: "Files are still leaving. Your question will follow as soon as they have arrived.",
  held: "A file could not be attached: your question has not left. Try again, or remove it, then send.",
  pasted: "Pasted image {number, number}",
  states: {
    queued: "waiting",
    sending: "sending, {percent, number}%",
    away: "connection lost, sending will go on",
    waiting: "received, waits to be read",
    checking: "being checked",
    reading: "{pages, plural, =0 {being read} other {being read, page {page, number} of {pages, number}}}",
    recognising:
      "{pages, plural, =0 {recognising text} other {recognising text, page {page, number} of {pages, number}}}",
    indexing: "being indexed",
    read: "{pages, plural, =0 {read} =1 {read, 1 page} other {read, # pages}}",
    partial: "{pages, plural, =0 {partly read} =1 {partly read, 1 page} other {partly read, # pages}}",
    failed: "failed",
  },
  notWhole: "The page was left before this file was sent. Add it again.",
  picker: {
    title: "Bases to search",
    intro: "The answer will rest on the passages found in the chosen bases.",
    search: "Find a base",
    none: "No base fits.",
    empty: "No base is open to you yet.",
    documents: "{count, plural, =0 {no document} one {# document} other {# documents}}",
    closed: "closed: chosen alone",
    done: "Choose",
  },
} as const satisfies Same<typeof fr>;
