/** A folder of a base as the place where something goes: "dans « Notes › 2026 »". */
import { useTranslations } from "#/i18n";

export function usePlace(): (folder: string) => string {
  const t = useTranslations("collections.list");
  return (folder) => (folder === "" ? t("atRoot") : t("atFolder", { folder: folder.replaceAll("/", " › ") }));
}
