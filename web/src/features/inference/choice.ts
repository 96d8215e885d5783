/** Which models may receive words of a level, and which one is taken. Pure; the server decides again, and last. */
import type { Category, Level, Model } from "#/api/types";

/** Four are shipped; an institution may add some at the places that follow each. This is their order, always. */
export const LEVELS = [
  "public",
  "public_1",
  "public_2",
  "public_3",
  "internal",
  "internal_1",
  "internal_2",
  "internal_3",
  "restricted",
  "restricted_1",
  "restricted_2",
  "restricted_3",
  "diffusion_restreinte",
  "diffusion_restreinte_1",
  "diffusion_restreinte_2",
  "diffusion_restreinte_3",
] as const satisfies readonly Level[];

const SHIPPED: readonly Level[] = ["public", "internal", "restricted", "diffusion_restreinte"];

/** Those of this installation, in their order: an added level is a place that has a name. */
export function declaredLevels(names: Readonly<Record<string, unknown>>): readonly Level[] {
  return LEVELS.filter((one) => SHIPPED.includes(one) || one in names);
}

export function isAtMost(level: Level, ceiling: Level): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(ceiling);
}

/** What the matter is about, in the order in which it is told. */
export const CATEGORIES = [
  "personal",
  "health",
  "banking",
  "judicial",
  "defence",
  "research",
] as const satisfies readonly Category[];

export type Categories = readonly Category[];

export function union(...held: readonly Categories[]): Categories {
  return CATEGORIES.filter((one) => held.some((categories) => categories.includes(one)));
}

/** Those that a model may not receive. */
export function notCleared(model: Model, categories: Categories): Categories {
  return categories.filter((one) => !model.categories.includes(one));
}

export type Refusal = Model["refusals"][number];

/** The rule of a unit that keeps these words from a model; where names must be replaced, they are, and it may. */
export function refusalOf(model: Model, categories: Categories): Refusal | null {
  const applies = ({ rule, category }: Refusal) =>
    rule !== "names_required" && (category === null || categories.includes(category));
  return model.refusals.find(applies) ?? null;
}

export type Obstacle = "level" | "categories" | "unit" | "unreachable" | "missing";

/** Why a model cannot be asked now, or null. A model that loads can be asked: the question waits for it. */
export function obstacle(model: Model, level: Level, categories: Categories = []): Obstacle | null {
  if (!isAtMost(level, model.highest_level)) return "level";
  if (notCleared(model, categories).length > 0) return "categories";
  if (refusalOf(model, categories)) return "unit";
  return model.state === "unreachable" || model.state === "missing" ? model.state : null;
}

/** The model wanted if it may be used; else the default one; else the first that may; else null. */
export function chooseModel(
  models: readonly Model[],
  level: Level,
  wanted: string | null,
  categories: Categories = [],
): Model | null {
  const usable = models.filter((model) => obstacle(model, level, categories) === null);
  return usable.find((model) => model.id === wanted) ?? usable.find((model) => model.is_default) ?? usable[0] ?? null;
}

/** Why no model at all can be asked at a level, or null when one can. */
export type Lack = "none" | "noneCleared" | "noneClearedForCategories" | "noneForUnit" | "noneUsable";

export function lackOf(models: readonly Model[], level: Level, categories: Categories = []): Lack | null {
  if (chooseModel(models, level, null, categories)) return null;
  if (models.length === 0) return "none";
  const cleared = models.filter((model) => isAtMost(level, model.highest_level));
  if (cleared.length === 0) return "noneCleared";
  const forAll = cleared.filter((model) => notCleared(model, categories).length === 0);
  if (forAll.length === 0) return "noneClearedForCategories";
  return forAll.every((model) => refusalOf(model, categories)) ? "noneForUnit" : "noneUsable";
}

export function highestLevel(models: readonly Model[]): Level {
  return LEVELS.findLast((level) => models.some((model) => isAtMost(level, model.highest_level))) ?? "public";
}
