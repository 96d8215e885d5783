/** Why a model may not receive what is about to leave, in words; null when it may. */
import type { Level, Model } from "#/api/types";
import { useTranslations } from "#/i18n";
import { type Categories, notCleared, obstacle, refusalOf } from "./choice";
import { useCategoryNames } from "./useCategoryNames";

export function useRefusalWords(): (model: Model, level: Level, categories: Categories) => string | null {
  const t = useTranslations("models");
  const name = useCategoryNames();
  return (model, level, categories) => {
    const blocked = obstacle(model, level, categories);
    if (blocked === "level") return t("notCleared", { level: t(`levels.${model.highest_level}`) });
    if (blocked === "categories") return t("notClearedFor", { categories: name(notCleared(model, categories)) });
    const refusal = blocked === "unit" ? refusalOf(model, categories) : null;
    if (!refusal) return null;
    const { rule, unit, category } = refusal;
    return t("refusedByUnit", { rule, unit: unit || t("everybody"), category: category ? name([category]) : "" });
  };
}
