/** Papers kept in a base: compared, explained, brought together. */
import type fr from "../fr/papers";
import type { Same } from "../index";

export default {
  about:
    "Papers kept in a base are documents of it: ask the base in a conversation, compare them, or have a figure explained here.",
  base: "Document base",
  chooseBase: "Choose a base",
  noBase: "No base: make one in “Document bases”",
  keep: "Keep in a base",
  keepTitle: "{count, plural, one {Keep # paper} other {Keep # papers}}",
  keepAbout:
    "Each paper becomes a document: title, authors, status, abstract. Its full text is taken when it is open, under a licence that allows it.",
  keepNow: "Keep",
  outcomes: {
    added: "{count, plural, one {# paper added.} other {# papers added.}}",
    known: "{count, plural, one {# was there already.} other {# were there already.}}",
    unfound: "{count, plural, one {# DOI unknown to the sources.} other {# DOIs unknown to the sources.}}",
    untitled:
      "{count, plural, one {# reference without a title, left out.} other {# references without a title, left out.}}",
  },
  count: "{count, plural, =0 {No paper in this base} one {# paper} other {# papers}}",
  use: "Use it",
  noText: "Abstract only: {reason}",
  texts: { waiting: "Full text being read…", read: "Full text in the base" },
  reasons: {
    not_open: "access is not open",
    access_unknown: "no source says whether access is open",
    licence_unknown: "no known licence lets it be kept",
    no_pdf: "no address of a PDF",
    not_pdf: "the address gives no PDF",
    robots: "the site does not let programs read it",
    status: "the site refused",
    too_large: "file too large",
    other: "the text could not be taken",
  },
  import: "Add a list of references",
  importFile: "File of references",
  importHint: "BibTeX or RIS export of Zotero or another manager, or a list of DOIs; 1 MB at most.",
  importLarge: "This file is larger than 1 MB: split it, at most 100 references are added at once.",
  importLabel: "References to add (100 at most; only identifiers leave)",
  importNow: "Add to the base",
  compare: "Compare",
  questions: "Your questions, one a line: each becomes a column",
  fill: "{count, plural, one {Ask # paper} other {Ask # papers}}",
  stop: "Stop",
  table: "Table of comparison",
  paper: "Paper",
  asking: "Reading…",
  notSaid: "Not said",
  retracted: "(retracted)",
  held: "{count, plural, one {Passage cited} other {# passages cited}}",
  page: "p. {page}",
  pages: "p. {pages}",
  formats: { csv: "CSV", odt: "ODT", md: "Markdown" },
  synthesis: "State of the art",
  subject: "Subject",
  write: "{count, plural, one {Write from # paper} other {Write from # papers}}",
  nothingHeld: "No sentence could be held by these papers: nothing is written.",
  dropped:
    "{count, plural, one {# sentence that nothing holds was left out.} other {# sentences that nothing holds were left out.}}",
  references: "References",
  explain: "Explain a figure or a formula",
  explainAbout:
    "The explanation rests only on the caption, the passages that name the figure and those around: each sentence is checked against them.",
  which: "Paper to read",
  what: "What you want to understand",
  copied: "A passage copied from the paper",
  copiedWords: "The passage, as it is written in the paper",
  noFigure: "No figure, table or numbered formula was found in the text kept. Copy the passage to explain.",
  called: {
    figure: "Figure {number}",
    table: "Table {number}",
    formula: "Formula ({number})",
    scheme: "Scheme {number}",
    chart: "Chart {number}",
    algorithm: "Algorithm {number}",
    box: "Box {number}",
    passage: "Passage chosen",
  },
  uncaptioned: "caption not found",
  explainNow: "Explain",
  explaining: "Reading the passages…",
  explained: "Explanation",
  mentions:
    "{count, plural, =0 {Named nowhere else in the text.} one {Named once in the text.} other {Named # times in the text.}}",
  seen: "The model looked at the page. What it says of it that the text does not hold is set apart, for your own eyes to check.",
  unseen: {
    no_model:
      "The picture was not looked at: no model that sees is cleared for this base. The explanation comes from the text alone.",
    no_page:
      "The picture was not looked at: the text kept has no page to find it on. The explanation comes from the text alone.",
    not_drawn: "The picture was not looked at: the page could not be drawn. The explanation comes from the text alone.",
  },
  nothingExplained:
    "No sentence could be held by this paper: nothing is explained. Read the caption and the passages that name it.",
  unheld:
    "{count, plural, one {# sentence that the text does not hold} other {# sentences that the text does not hold}}",
  unknownNumber: "It names a figure, a table or a formula that no passage read names.",
} satisfies Same<typeof fr>;
