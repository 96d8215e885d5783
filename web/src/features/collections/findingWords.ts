/** What the reading report says of a page or of the whole file, in a sentence. */
import type { Finding } from "#/api/types";
import { useTranslations } from "#/i18n";

export function useFindingWords(): (finding: Finding) => string {
  const t = useTranslations("collections.report");
  return ({ code }) => t("finding", { code });
}
