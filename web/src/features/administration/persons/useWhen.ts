/** A moment in words when near, in figures when far. */
import { useFormatter } from "#/i18n";

const NEAR = 7 * 86_400_000;

export function useWhen(): (time: string) => string {
  const format = useFormatter();
  return (time) => {
    const date = new Date(time);
    const near = Math.abs(Date.now() - date.getTime()) < NEAR;
    return near ? format.relativeTime(date, new Date()) : format.dateTime(date, { dateStyle: "short" });
  };
}
