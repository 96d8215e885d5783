/** Why a question to the chosen model cannot leave: its quota is used up. Said before it is sent, with the way on. */
import { useAllowances } from "#/api/quotas";
import type { Level, Model } from "#/api/types";
import { type Categories, obstacle } from "#/features/inference/choice";
import { useTranslations } from "#/i18n";
import { usedUp } from "./allowance";
import { useAllowanceWords } from "./useAllowanceWords";

export interface QuotaObstacle {
  readonly words: string;
  /** The smaller model that may still be asked. */
  readonly offer: Model | null;
}

export function useQuotaObstacle(
  models: readonly Model[],
  level: Level,
  chosen: Model | null,
  categories: Categories = [],
): QuotaObstacle | null {
  const t = useTranslations("quotas");
  const { data: allowances = [] } = useAllowances();
  const { refusal } = useAllowanceWords();
  const ended = chosen && usedUp(allowances, chosen.id);
  if (!ended) return null;
  const free = models.filter((one) => obstacle(one, level, categories) === null && usedUp(allowances, one.id) === null);
  const offer = free.find((one) => one.id === ended.smaller_model) ?? null;
  const next = offer === null && free.length > 0 ? ` ${t("otherModel")}` : "";
  return { words: refusal(ended) + next, offer };
}
