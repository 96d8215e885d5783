/** The short path on using a model well, and how often it was followed. */
export default {
  title: "Using AI well",
  open: "Using AI well, in six steps",
  step: "Step {at, number} of {all, number}",
  previous: "Previous step",
  next: "Next step",
  finish: "I have finished",
  close: "Close",
  counted: "Path finished. Thank you.",
  howCounted:
    "By finishing, you add one to your unit’s count for the month. Neither your name nor the time is kept by the service; only this browser remembers that you finished.",
  alreadyCounted: "You finished this path here on {day}: it is not counted again.",
  steps: {
    model: {
      title: "What a language model is",
      first: "It writes, word after word, the most likely continuation of a text. It learned to by reading many texts.",
      second:
        "It is neither a search engine, nor a database, nor a person: unless it is given a source, it does not know where what it writes comes from.",
      do: "Give it the context and the documents: it works better on what you show it.",
    },
    errors: {
      title: "It is wrong with confidence",
      first:
        "It may make up a date, a figure, an article of law or a publication that does not exist, in perfect style.",
      second: "The tone says nothing of whether it is right. Asking twice may give two answers.",
      do: "Before you use a figure, a reference or a name, find it in a source.",
    },
    pasting: {
      title: "What you may paste",
      first:
        "Each conversation has a sensitivity level, shown beside the question: it decides which models and services may receive it. Detectors sometimes raise it, but they miss things.",
      second: "Classified information is never pasted here. Personal data, only when your work requires it.",
      do: "When in doubt, choose the higher level, or take the names out.",
    },
    citations: {
      title: "Check citations",
      first:
        "When an answer comes from documents or from the web, its sentences bear numbers. A number opens the exact passage; the mark beside it says whether the passage supports the sentence.",
      second: "A sentence without a number comes from no source given: you owe it to the model alone.",
      do: "Open at least the citations on which your decision depends.",
    },
    persons: {
      title: "Decide about a person",
      first:
        "Recruiting, grading, granting a benefit, sanctioning: the law holds these uses to be high-risk. A model repeats the prejudices of the texts it read.",
      second: "It may help you write. It does not rank candidates, and does not decide in your place.",
      do: "The decision, its reasons and its review remain yours, and you can explain them.",
    },
    asking: {
      title: "Whom to ask",
      first:
        "The charter of use says what is allowed in your institution. Your manager, or whoever administers the service for your unit, answers your questions.",
      second:
        "A dangerous answer, a leak, a doubt: “Report an incident”, in the menu under your name, tells whoever must know.",
      do: "Report early: nobody will blame you for asking.",
    },
  },
  followed: "Path “Using AI well”",
  followedWords:
    "How often it was finished, by unit and month, over twelve months. These count paths, not persons: someone who changes browser may count twice. Nothing is shown below five, nor what would let it be found.",
  noUnit: "Without unit",
  nobody: "Nobody has finished the path yet.",
  month: "Month",
  times: "Paths finished",
};
