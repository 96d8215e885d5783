/** Types of findings that have words of their own. */
import words from "#/i18n/fr/sensitivity";

type KnownType = keyof typeof words.types;

export function isKnownType(type: string): type is KnownType {
  return type in words.types;
}
