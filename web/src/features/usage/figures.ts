/** The five figures of usage, as they are chosen and written. */
import type { UsageFigures } from "#/api/types";
import { useFormatter, useTranslations } from "#/i18n";

export const KINDS = ["requests", "tokens", "euros", "wh", "gco2e"] as const satisfies readonly (keyof UsageFigures)[];
export type Kind = (typeof KINDS)[number];

/** Writes a figure with its unit, or bare, as in a column that has it in its heading. */
export function useFigureWords(): (kind: Kind, value: number) => string {
  const t = useTranslations("usage");
  const format = useFormatter();
  return (kind, value) => {
    switch (kind) {
      case "requests":
      case "tokens":
        return format.number(value, { maximumFractionDigits: 0 });
      case "euros":
        return format.number(value, { style: "currency", currency: "EUR", maximumFractionDigits: value < 1 ? 4 : 2 });
      case "wh":
        return t("wattHours", { amount: format.number(value, { maximumSignificantDigits: 3 }) });
      case "gco2e":
        return t("grams", { amount: format.number(value, { maximumSignificantDigits: 3 }) });
    }
  };
}
