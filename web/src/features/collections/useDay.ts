/** A date without hour, in words; the same whatever the time zone. */
import { useFormatter } from "#/i18n";

export function useDay(): (day: string) => string {
  const format = useFormatter();
  return (day) => format.dateTime(new Date(`${day.slice(0, 10)}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
}
