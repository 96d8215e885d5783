/** Categories of sensitivity in words: "health, banking". */
import { useTranslations } from "#/i18n";
import type { Categories } from "./choice";

export function useCategoryNames(): (categories: Categories) => string {
  const t = useTranslations("models");
  return (categories) => categories.map((one) => t(`categories.${one}`)).join(", ");
}
