/** The rules of a unit, in words: one line a rule. */
import type { PolicyRules } from "#/api/types";
import { useTranslations } from "#/i18n";
import { CATEGORIES } from "./rules";

export function useRuleWords(): (rules: PolicyRules) => string[] {
  const t = useTranslations();
  return (rules) => {
    const lines: string[] = [];
    if (rules.highest_level) lines.push(t("policies.highest", { level: t(`models.levels.${rules.highest_level}`) }));
    if (rules.default_level) lines.push(t("policies.lowest", { level: t(`models.levels.${rules.default_level}`) }));
    if (rules.models_only) lines.push(t("policies.only", { models: rules.models_only.join(", ") || "—" }));
    if (rules.models_never.length > 0) lines.push(t("policies.never", { models: rules.models_never.join(", ") }));
    for (const one of CATEGORIES) {
      const zones = rules.kept_in?.[one];
      if (zones) lines.push(t("policies.kept", { category: t(`models.categories.${one}`), zones: zones.join(", ") }));
    }
    return lines;
  };
}
