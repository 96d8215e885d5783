/** Asking and reading: composer, turns, their states. */
import type fr from "../fr/chat";
import type { Same } from "../index";

export default {
  composer: "Your question",
  placeholder: "Ask a question, paste a text…",
  send: "Send",
  stop: "Stop the answer",
  waiting: "The list of models is coming. Your question will leave as soon as it is here.",
  hold: "Do not send",
  conversation: "Turns",
  question: "Question {number, number}",
  answer: "Answer {number, number}",
  edit: "Edit the question",
  editHint: "The conversation will go on from here. The present version stays within reach.",
  editSend: "Send this version",
  whole: "Show the whole question",
  less: "Shorten the question",
  copyQuestion: "Copy the question",
  copy: "Copy with formatting",
  copyMarkdown: "Copy as Markdown",
  copied: "Copied.",
  notCopied: "Nothing was copied. Select the text, then copy it from the keyboard (Ctrl or ⌘ + C).",
  retry: "Ask for another answer",
  retryShort: "Try again",
  previousQuestion: "Previous version of the question",
  nextQuestion: "Next version of the question",
  previousAnswer: "Previous answer",
  nextAnswer: "Next answer",
  version: "{index, number} of {count, number}",
  toEnd: "Go to the end",
  running: "The answer is being written.",
  done: "Answer finished.",
  doneStopped: "Answer stopped.",
  tokens: "{count, plural, one {# token} other {# tokens}}",
  energy: "{wh} Wh",
  steps: {
    sending: "Sending the question…",
    stopping: "Stop requested…",
    reconnecting: "Connection lost, resuming the answer…",
    waiting: "Waiting for a place…",
    queue: "{position, plural, =0 {Next in line…} =1 {Next in line…} other {Place # in line…}}",
    reading_files: "{pages, plural, =0 {Reading the files…} other {Reading page {page, number} of {pages, number}…}}",
    searching: "Searching the document bases…",
    loading_model: "The model is loading…",
    reading: "Reading the question…",
    summarising: "Summarising the beginning of the conversation…",
    writing: "Writing…",
  },
  notices: {
    source_read: "File read: {shown, number} passages of {total, number}.",
    source_seen: "{pictures, plural, one {Image} other {Images}} seen by the model.",
    source_unread: "A file could not be read for this answer.",
    source_withdrawn: "A chosen document base can no longer be read by you.",
    nothing_found: "No passage of the chosen bases fits the question.",
    search_engine_down: "The search server does not answer: the search was made in the database, with the same rights.",
    answer_screened:
      "{masked, plural, =0 {Safeguards found sensitive data in this answer: read it again before passing it on.} one {A key or token was masked in this answer.} other {# keys or tokens were masked in this answer.}}",
    person_decision:
      "This request concerns a decision about a person. A person must decide, check what is written and be able to explain it to whom it concerns; this use may be that of a high-risk system (AI Act, articles 26 and 27).",
    names_replaced:
      "{replaced, plural, =0 {No name to replace before sending.} one {# name or identifier replaced before sending, then put back.} other {# names or identifiers replaced before sending, then put back.}}",
    pictures_kept: "Images were not sent: names in them cannot be replaced.",
    search_lexical: "The search compared words only: the comparison of meaning does not answer.",
    history_summarised: "The beginning of the conversation was summarised to fit the model’s memory.",
    history_shortened: "The beginning of the conversation was not read again: it exceeds the model’s memory.",
    model_replaced: "The chosen model did not answer. Another cleared model took its place.",
    quota_near:
      "The quota is nearly used: it begins again {period, select, day {from tomorrow} other {at the start of next month}}.",
    answer_cut: "The answer reached its greatest length. Ask for the rest if needed.",
  },
  citations: {
    title: "Quotations in this answer",
    verified: "{count, plural, one {# quotation verified} other {# quotations verified}} in your texts",
    unsupported: "{count, plural, one {# not found} other {# not found}} in your texts",
    verifiedOne: "Verified",
    unsupportedOne: "Not found",
    quoted: "“{words}”",
  },
  incident: "Report an incident",
  replaceAndRetry: "Replace the names and ask {model}",
  states: {
    stopped: "You stopped this answer.",
    interrupted: "The answer was interrupted. What was written is kept.",
    refused: "Refusal",
    empty: "The model answered nothing.",
  },
  hello: "Hello {name}",
  intro: "Ask a question, paste a text, or drop files: the answer quotes the page and the exact words.",
  examples: "Three examples to begin with",
  filesExamples: "Three questions to ask of your files",
  filesSummary: {
    title: "Summarise these files",
    words:
      "Summarise these files in ten lines: what each is about, the decisions it holds, and what remains to be done.",
  },
  filesSearch: {
    title: "Find what they say",
    words:
      "What do these files say of the budget and how it is shared out? Quote the exact sentences, with their page.",
  },
  filesDates: {
    title: "List the deadlines",
    words: "List every date and deadline of these files in a table: the date, what is expected, from whom.",
  },
  exampleReplaced: "The example replaced your text.",
  summary: {
    title: "Summarise a note",
    words:
      "Summarise in ten lines, for a busy director, the note pasted below: first the decisions expected, then the deadlines and who is in charge.",
  },
  mail: {
    title: "Write an e-mail",
    words:
      "Write a short and courteous e-mail to postpone Monday’s team meeting to 12 March, suggesting two slots in the morning.",
  },
  notion: {
    title: "Explain a notion",
    words:
      "Explain simply, with a comparison table, the difference between a negotiated procedure and an open call for tenders.",
  },
} satisfies Same<typeof fr>;
