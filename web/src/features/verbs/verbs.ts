/** The verbs that a passage of a conversation may be given, and the request that each makes of the writing desk. */
import type { NewWork, Style } from "#/api/types";

export const VERBS = ["translate", "summarise", "rephrase", "simplify", "correct"] as const;
export type Verb = (typeof VERBS)[number];

const STYLES: Readonly<Record<Exclude<Verb, "translate">, Style>> = {
  summarise: "shorten",
  rephrase: "clarify",
  simplify: "plain",
  correct: "correct",
};

interface Passage {
  readonly text: string;
  readonly conversationId: string | null;
}

export function workOf(verb: Verb, { text, conversationId }: Passage, to: string): NewWork {
  const from = conversationId === null ? {} : { conversation_id: conversationId };
  if (verb === "translate") return { kind: "translate", text, to, ...from };
  // A summary is of the whole: its paragraphs are read as one.
  const said = verb === "summarise" ? text.replace(/\s+/g, " ").trim() : text;
  return { kind: "rewrite", text: said, style: STYLES[verb], ...from };
}

const FRENCH = /(?<![\p{L}])(?:le|la|les|des|du|une?|est|et|dans|pour|que|qui|avec|sur|au|aux)(?![\p{L}])/giu;
const ENGLISH = /(?<![\p{L}])(?:the|of|and|to|is|are|in|for|that|which|with|on|an?|by|from)(?![\p{L}])/giu;

/** The language that a passage is most likely wanted in: the other one of the two of every day. */
export function towards(text: string): "fr" | "en" {
  const count = (words: RegExp) => text.match(words)?.length ?? 0;
  return count(ENGLISH) > count(FRENCH) ? "fr" : "en";
}
