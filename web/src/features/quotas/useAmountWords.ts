/** Amounts of the four measures in words that people use: tokens become pages, then words. */
import type { Allowance } from "#/api/types";
import { useFormatter, useTranslations } from "#/i18n";

const TOKENS_PER_PAGE = 500;
const WORDS_PER_TOKEN = 0.6;

export type Measure = Allowance["measure"];

export function useAmountWords(): (measure: Measure, amount: number) => string {
  const t = useTranslations("quotas");
  const format = useFormatter();
  return (measure, amount) => {
    switch (measure) {
      case "requests":
        return t("questions", { count: Math.floor(amount) });
      case "tokens": {
        const pages = amount / TOKENS_PER_PAGE;
        if (pages >= 2) return t("pages", { count: rounded(Math.floor(pages)) });
        return t("words", { count: rounded(Math.floor(amount * WORDS_PER_TOKEN)) });
      }
      case "euros":
        return format.number(amount, { style: "currency", currency: "EUR" });
      case "gco2e":
        return t("grams", { amount: format.number(amount, { maximumSignificantDigits: 3 }) });
    }
  };
}

/** Two figures are enough for what is only an order of magnitude. */
function rounded(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return Math.floor(count / step) * step;
}
