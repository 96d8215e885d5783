/** What is left of a quota, and when it begins again, in words. */
import type { Allowance } from "#/api/types";
import { useFormatter, useTranslations } from "#/i18n";
import { isUsedUp } from "./allowance";
import { useAmountWords } from "./useAmountWords";

export interface AllowanceWords {
  /** "12 questions left today", as a clause. */
  readonly left: (allowance: Allowance) => string;
  /** "Your quota … is used up. It begins again on …". */
  readonly refusal: (allowance: Allowance) => string;
  readonly reopens: (allowance: Allowance) => string;
}

export function useAllowanceWords(): AllowanceWords {
  const t = useTranslations("quotas");
  const format = useFormatter();
  const amount = useAmountWords();
  const reopens = ({ reopens_at }: Allowance) =>
    format.dateTime(new Date(reopens_at), {
      weekday: "long",
      day: "numeric",
      month: "long",
      hour: "numeric",
      minute: "2-digit",
    });
  return {
    reopens,
    left: (one) => {
      const { holder, period } = one;
      if (isUsedUp(one)) return t(`ended.${period}`);
      return t("left", { amount: amount(one.measure, one.left), holder, period });
    },
    refusal: (one) =>
      t("refusal", { holder: one.holder, measure: one.measure, period: one.period, when: reopens(one) }),
  };
}
