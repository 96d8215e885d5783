/** Names replaced before words leave. */
export default {
  replace: "Replace names before sending",
  required: "Your unit requires it: done whenever they may not leave as they are.",
  preview: "Preview",
  title: "What would leave",
  reading: "Reading your message…",
  told: "{count, plural, =0 {No name or identifier was found: the text would leave as it is.} one {# name or identifier is replaced; the answer will show you the original.} other {# names or identifiers are replaced; the answer will show you the originals.}}",
  to: "Recipient: {model}.",
  files: "Passages of files and bases are chosen when you ask, and replaced in the same way.",
  roles: { user: "You", assistant: "Answer" },
} as const;
