/** Words for taking a text away to publish it. */
export default {
  open: "For publication…",
  title: "Take away to publish",
  about:
    "A text that informs the public on a matter of public interest must say that an artificial intelligence wrote it, unless a person reviewed it and answers for its publication (European AI Act, article 50(4)).",
  reviewed: "I reviewed this text and answer for its publication",
  reviewedHint:
    "Your name ({name}) and the date are written in the file’s properties. The journal keeps your review and the fingerprint of the file, never the text.",
  shown: "Show the label to readers, under the title",
  shownHint: "Without a visible label, the file still tells software that an AI wrote it.",
  shownAlways: "Without a review, the label stays.",
  label: "Proposed label, which you may change",
  empty: "Write the label, or say that you reviewed the text.",
  form: "Format",
  cancel: "Cancel",
  take: "Download",
  taken: "File downloaded, with its label.",
  takenReviewed: "File downloaded. Your review is in the journal.",
};
