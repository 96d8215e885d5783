/** A cadence in words. */
import type { Cadence } from "#/api/types";
import { useFormatter, useTranslations } from "#/i18n";

const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** The name of a day of the week; 0 is Monday. */
export function useWeekday(): (day: number) => string {
  const format = useFormatter();
  return (day) => format.dateTime(new Date(MONDAY + day * DAY), { weekday: "long", timeZone: "UTC" });
}

export function useCadenceWords(): (cadence: Cadence) => string {
  const t = useTranslations("followed.cadence.told");
  const weekday = useWeekday();
  return (cadence) => {
    switch (cadence.kind) {
      case "hourly":
        return t("hourly", { count: cadence.hours });
      case "daily":
        return t("daily", { hour: String(cadence.hour) });
      case "weekly":
        return t("weekly", { day: weekday(cadence.weekday), hour: String(cadence.hour) });
    }
  };
}
