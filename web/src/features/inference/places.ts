/** Names of places for people: ISO 3166 codes become words; the European Union is one of them. */
import { useLocale } from "#/i18n";

export function usePlace(): (code: string) => string {
  const locale = useLocale();
  return (code) => placeName(code, locale);
}

export function placeName(code: string, locale: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames([locale], { type: "region", fallback: "code" }).of(code) ?? code;
}
