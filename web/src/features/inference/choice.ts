/** Which models may receive words of a level, and which one is taken. Pure; the server decides again, and last. */
import type { Level, Model } from "#/api/types";

export const LEVELS = ["public", "internal", "restricted", "diffusion_restreinte"] as const satisfies readonly Level[];

export function isAtMost(level: Level, ceiling: Level): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(ceiling);
}

export type Obstacle = "level" | "unreachable" | "missing";

/** Why a model cannot be asked now, or null. A model that loads can be asked: the question waits for it. */
export function obstacle(model: Model, level: Level): Obstacle | null {
  if (!isAtMost(level, model.highest_level)) return "level";
  return model.state === "unreachable" || model.state === "missing" ? model.state : null;
}

/** The model wanted if it may be used; else the default one; else the first that may; else null. */
export function chooseModel(models: readonly Model[], level: Level, wanted: string | null): Model | null {
  const usable = models.filter((model) => obstacle(model, level) === null);
  return usable.find((model) => model.id === wanted) ?? usable.find((model) => model.is_default) ?? usable[0] ?? null;
}

/** Why no model at all can be asked at a level, or null when one can. */
export type Lack = "none" | "noneCleared" | "noneUsable";

export function lackOf(models: readonly Model[], level: Level): Lack | null {
  if (chooseModel(models, level, null)) return null;
  if (models.length === 0) return "none";
  return models.some((model) => isAtMost(level, model.highest_level)) ? "noneUsable" : "noneCleared";
}

export function highestLevel(models: readonly Model[]): Level {
  return LEVELS.findLast((level) => models.some((model) => isAtMost(level, model.highest_level))) ?? "public";
}
