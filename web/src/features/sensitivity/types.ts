/** Types of findings that have words of their own. */
import type { Level } from "#/api/types";
import { LEVELS } from "#/features/inference/choice";
import words from "#/i18n/fr/sensitivity";

type KnownType = keyof typeof words.types;

/** The level of a marking that the institution declared; null for another finding. */
export function declaredLevel(type: string): Level | null {
  return LEVELS.find((one) => type === `declared_${one}`) ?? null;
}

export function isKnownType(type: string): type is KnownType {
  return type in words.types;
}
