/** Who keeps a line: a hand on these pages, or the name of what keeps it (a directory, a provider's claims). */
import { useTranslations } from "#/i18n";

export function useSourceName(): (source: string) => string {
  const t = useTranslations("persons");
  return (source) => (source === "page" ? t("byHand") : source);
}
