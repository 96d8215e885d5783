/** A duration as people say it, rounded. */
import { useTranslations } from "#/i18n";

export function useLasting(): (seconds: number) => string {
  const t = useTranslations("writing.lasting");
  return (seconds) => {
    if (seconds < 60) return t("seconds", { count: Math.max(1, Math.round(seconds)) });
    const minutes = Math.round(seconds / 60);
    return minutes < 90 ? t("minutes", { count: minutes }) : t("hours", { count: Math.round(minutes / 60) });
  };
}
