/** The verbs that a passage of a conversation may be given, and the request that each makes of the writing desk. */
import type { NewSummary, NewWork, Style } from "#/api/types";

export const VERBS = ["translate", "summarise", "rephrase", "simplify", "correct"] as const;
export type Verb = (typeof VERBS)[number];

/** How short a passage is summed up, the shortest first. */
export const SHORT_FORMS = ["three-lines", "key-points"] as const;
export type ShortForm = (typeof SHORT_FORMS)[number];

const STYLES: Readonly<Record<Exclude<Verb, "translate" | "summarise">, Style>> = {
  rephrase: "clarify",
  simplify: "plain",
  correct: "correct",
};

export interface Passage {
  readonly text: string;
  readonly conversationId: string | null;
}

/** A summary is of the whole, each of its statements checked against the passage. */
export function summaryOf({ text, conversationId }: Passage, form: ShortForm): NewSummary {
  const from = conversationId === null ? {} : { conversation_id: conversationId };
  return { text, form, length: "usual", audience: "usual", ...from };
}

export function workOf(verb: Exclude<Verb, "summarise">, { text, conversationId }: Passage, to: string): NewWork {
  const from = conversationId === null ? {} : { conversation_id: conversationId };
  if (verb === "translate") return { kind: "translate", text, to, ...from };
  return { kind: "rewrite", text, style: STYLES[verb], ...from };
}

const FRENCH = /(?<![\p{L}])(?:le|la|les|des|du|une?|est|et|dans|pour|que|qui|avec|sur|au|aux)(?![\p{L}])/giu;
const ENGLISH = /(?<![\p{L}])(?:the|of|and|to|is|are|in|for|that|which|with|on|an?|by|from)(?![\p{L}])/giu;

/** The language that a passage is most likely wanted in: the other one of the two of every day. */
export function towards(text: string): "fr" | "en" {
  const count = (words: RegExp) => text.match(words)?.length ?? 0;
  return count(ENGLISH) > count(FRENCH) ? "fr" : "en";
}

const LONG = 1_500; // characters: beyond, three lines leave out too much

/** What is asked first: the other language, the form that fits. */
export function firstOf(verb: Verb, text: string): string {
  if (verb !== "summarise") return towards(text);
  return text.length > LONG ? "key-points" : "three-lines";
}

/** A summary as words to copy: without the numbers of its passages. */
export function withoutMarks(text: string): string {
  return text.replace(/[ \u00a0\u202f]*\[\d+\]/g, "").trim();
}
