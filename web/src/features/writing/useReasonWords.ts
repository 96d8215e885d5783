/** Why a segment needs a human eye, as a sentence; a reason of a newer server is told as a doubt. */

import type { Messages } from "#/i18n";
import { useTranslations } from "#/i18n";

type Known = keyof Messages["writing"]["reasons"];

export function useReasonWords(): (reason: string) => string {
  const t = useTranslations("writing.reasons");
  return (reason) => t(t.has(reason as Known) ? (reason as Known) : "other");
}
