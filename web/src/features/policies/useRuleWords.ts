/** The rules of a unit, in words: one line a rule. */
import type { PolicyRules } from "#/api/types";
import { LEVELS } from "#/features/inference/choice";
import { useFormatter, useTranslations } from "#/i18n";
import { CATEGORIES } from "./rules";

export function useRuleWords(): (rules: PolicyRules) => string[] {
  const t = useTranslations();
  const format = useFormatter();
  return (rules) => {
    const { highest_level: highest, default_level: lowest, models_only: only, models_never: never, names } = rules;
    const kept = CATEGORIES.flatMap((one) => {
      const zones = rules.kept_in?.[one];
      return zones ? [t("policies.kept", { category: t(`models.categories.${one}`), zones: zones.join(", ") })] : [];
    });
    const marked = LEVELS.flatMap((one) => {
      const words = rules.markings?.[one]?.map((word) => t("policies.marking", { word }));
      return words ? [t("policies.marked", { level: t(`models.levels.${one}`), words: format.list(words) })] : [];
    });
    return [
      highest && t("policies.highest", { level: t(`models.levels.${highest}`) }),
      lowest && t("policies.lowest", { level: t(`models.levels.${lowest}`) }),
      only && t("policies.only", { models: only.join(", ") || "—" }),
      never.length > 0 && t("policies.never", { models: never.join(", ") }),
      names && t("policies.namesRule", { names: t(`policies.names.${names}`) }),
      ...kept,
      ...marked,
    ].filter((line) => typeof line === "string");
  };
}
