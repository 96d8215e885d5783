/** The least label of words once their names are replaced: the page chooses a model for it; the server reads them. */
import type { Category, Level, Look } from "#/api/types";
import { type Categories, isAtMost, union } from "#/features/inference/choice";

export interface Rule {
  readonly categories: readonly Category[];
  readonly lowest_level: Level;
}

export interface Leaving {
  readonly level: Level;
  readonly categories: Categories;
}

interface Held {
  /** What stays of the conversation's label. */
  readonly least: Leaving;
  /** The label of the words as they are, and what gives it. */
  readonly whole: Leaving;
  readonly found: Look | null;
}

export function leavingOf(rule: Rule, { least, whole, found }: Held): Leaving {
  const stays = found?.spotted.some(({ kind }) => kind === "secrets" || kind === "markings") ?? false;
  const floor = isAtMost(rule.lowest_level, least.level) ? least.level : rule.lowest_level;
  const lowered = isAtMost(floor, whole.level) ? floor : whole.level;
  return {
    level: stays || isAtMost("diffusion_restreinte", whole.level) ? whole.level : lowered,
    categories: union(
      least.categories,
      whole.categories.filter((one) => !rule.categories.includes(one)),
    ),
  };
}
