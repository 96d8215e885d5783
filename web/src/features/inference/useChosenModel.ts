/** The model that the next question will go to: the one last chosen, as far as the level allows it. */
import { useModels } from "#/api/models";
import type { Level, Model } from "#/api/types";
import { usePreferences } from "#/features/preferences/preferences";
import { type Categories, chooseModel } from "./choice";

export function useChosenModel(level: Level, categories: Categories = []): Model | null {
  const { data } = useModels();
  const { model } = usePreferences();
  return chooseModel(data ?? [], level, model, categories);
}
