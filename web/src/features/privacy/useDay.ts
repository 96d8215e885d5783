/** A day in words, in the language of the page. */
import { useFormatter } from "#/i18n";

export function useDay(): (moment: string) => string {
  const format = useFormatter();
  return (moment) => format.dateTime(new Date(moment), { day: "numeric", month: "long", year: "numeric" });
}
