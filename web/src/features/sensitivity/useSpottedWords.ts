/** A type of finding in words; one that this page does not know is told by its kind. */
import { useTranslations } from "#/i18n";
import type { Spot } from "./spotted";
import { isKnownType } from "./types";

export function useSpottedWords(): (one: Spot) => string {
  const t = useTranslations("sensitivity");
  return ({ type, kind }) => (isKnownType(type) ? t(`types.${type}`) : t(`kinds.${kind}`));
}
