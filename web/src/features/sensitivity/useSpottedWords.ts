/** A type of finding in words; one that this page does not know is told by its kind. */
import { useTranslations } from "#/i18n";
import type { Spot } from "./spotted";
import { declaredLevel, isKnownType } from "./types";

export function useSpottedWords(): (one: Spot) => string {
  const t = useTranslations();
  return ({ type, kind }) => {
    const level = declaredLevel(type);
    if (level) return t("sensitivity.declared", { level: t(`models.levels.${level}`) });
    return isKnownType(type) ? t(`sensitivity.types.${type}`) : t(`sensitivity.kinds.${kind}`);
  };
}
