/** The label of what is about to leave, and what gives it: the conversation, what is given with it, the words themselves. */
import { useLook } from "#/api/sensitivity";
import { useLevels } from "#/api/sessions";
import type { Level, Look } from "#/api/types";
import { type Given, raisedBy } from "#/features/given/useGiven";
import { type Categories, isAtMost, union } from "#/features/inference/choice";
import { useTranslations } from "#/i18n";

export interface Labelled {
  readonly level: Level;
  /** Below which it cannot be set. */
  readonly floor: Level;
  readonly categories: Categories;
  /** What was found in the words, when it counts for something. */
  readonly found: Look | null;
  /** All that was found. */
  readonly look: Look | null;
}

interface Held {
  readonly given: Given;
  readonly text: string;
  readonly level: Level;
  readonly floor: Level | undefined;
  readonly categories: Categories | undefined;
}

export function useLabel({ given, text, level, floor = "public", categories = [] }: Held): Labelled {
  const look = useLook(text);
  const atLeast = (one: Level) => (look && !isAtMost(look.level, one) ? look.level : one);
  return {
    level: atLeast(raisedBy(given, level)),
    floor: atLeast(raisedBy(given, floor)),
    categories: union(categories, given.categories, look?.categories ?? []),
    found: look && matters(look) ? look : null,
    look,
  };
}

/** Names and addresses are the stuff of ordinary work: the label tells them, without a word more. */
function matters({ verdict, level, categories }: Look): boolean {
  if (verdict === "block" || verdict === "quarantine") return true;
  return verdict === "warn" && (!isAtMost(level, "internal") || categories.some((one) => one !== "personal"));
}

/** Why the words cannot leave: a marking that no installation may receive, or that this one is not approved for. */
export function useMarkingRefusal({ found }: Labelled): { readonly words: string; readonly code: string } | null {
  const t = useTranslations("sensitivity");
  const { highest_level: highest } = useLevels();
  if (found?.verdict === "quarantine") return { words: t("refused"), code: "marking_refused" };
  return found && !isAtMost(found.level, highest) ? { words: t("notApproved"), code: "level_not_allowed" } : null;
}
