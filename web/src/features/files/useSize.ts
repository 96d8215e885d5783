/** The size of a file, in a unit that people read. */
import { useFormatter, useTranslations } from "#/i18n";

const UNITS = [
  ["giga", 1e9],
  ["mega", 1e6],
  ["kilo", 1e3],
] as const;

export function useSize(): (bytes: number) => string {
  const t = useTranslations("files.size");
  const format = useFormatter();
  return (bytes) => {
    const [name, unit] = UNITS.find(([, one]) => bytes >= one) ?? (["bytes", 1] as const);
    const amount = bytes / unit;
    return t(name, { amount: format.number(amount, { maximumFractionDigits: unit > 1 && amount < 10 ? 1 : 0 }) });
  };
}
