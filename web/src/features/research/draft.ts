/** A plan being read by a person: what it says, what they change, and the words that would leave. */
import type { ConfirmedPlan, Level, Research, ResearchAllowed, ResearchOffer, ResearchWhere } from "#/api/types";
import { isAtMost } from "#/features/inference/choice";

export const WHERE: readonly ResearchWhere[] = ["web", "scholarly", "bases"];
export const MOST_ITEMS = 8;
export const MOST_QUERIES = 5;

export interface DraftQuery {
  readonly key: number;
  readonly where: ResearchWhere;
  readonly words: string;
}

export interface DraftItem {
  readonly key: number;
  readonly question: string;
  readonly queries: readonly DraftQuery[];
}

let last = 0;
const fresh = () => {
  last += 1;
  return last;
};

export function draftOf({ items }: Pick<Research, "items">): readonly DraftItem[] {
  return items.map(({ question, queries }) => ({
    key: fresh(),
    question,
    queries: queries.map(({ where, words }) => ({ key: fresh(), where, words })),
  }));
}

export function newQuery(where: ResearchWhere, words = ""): DraftQuery {
  return { key: fresh(), where, words };
}

export function newItem(where: ResearchWhere): DraftItem {
  return { key: fresh(), question: "", queries: [newQuery(where)] };
}

/** The plan as it would be confirmed; empty searches, and sub-questions without any, are left out. */
export function planOf(items: readonly DraftItem[]): ConfirmedPlan["items"] {
  return items
    .map(({ question, queries }) => ({
      question: question.trim(),
      queries: queries
        .map(({ where, words }) => ({ where, words: words.replace(/\s+/g, " ").trim() }))
        .filter(({ words }) => words.length >= 2),
    }))
    .filter(({ question, queries }) => question.length >= 2 && queries.length > 0);
}

/** How many searches of a plan leave the institution. */
export function leaving(plan: ConfirmedPlan["items"]): number {
  return plan.flatMap(({ queries }) => queries).filter(({ where }) => where !== "bases").length;
}

/** Whether a source is open here and may receive a question of this level. */
export function isOffered(offer: ResearchOffer, where: ResearchWhere, level: Level): boolean {
  if (where === "bases") return true;
  const highest = where === "web" ? offer.web_highest : offer.scholarly_highest;
  return highest !== null && isAtMost(level, highest);
}

export function allowed({ steps, seconds, tokens }: ResearchOffer["proposed"]): ResearchAllowed {
  return { steps, minutes: Math.max(1, Math.round(seconds / 60)), tokens };
}

/** More to use than what was used: as much again, within what the institution lets. */
export function raised(budget: ResearchOffer["proposed"], most: ResearchOffer["proposed"]): ResearchAllowed {
  const more = allowed({
    steps: Math.min(most.steps, budget.steps * 2),
    seconds: Math.min(most.seconds, budget.seconds * 2),
    tokens: Math.min(most.tokens, budget.tokens * 2),
  });
  return more;
}

/** Numbers of the sources that a sentence cites, each once. */
export function numbersOf(cited: readonly { readonly source: number }[]): readonly number[] {
  return [...new Set(cited.map(({ source }) => source))].sort((one, other) => one - other);
}
