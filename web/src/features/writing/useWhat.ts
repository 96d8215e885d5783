/** What is made of a work, in a few words: the language, the style, the form of a summary. */
import type { Work } from "#/api/types";
import { useTranslations } from "#/i18n";
import { useLanguageName } from "./AskOptions";

export function useWhat(work: Work): string {
  const t = useTranslations("writing");
  const forms = useTranslations("summaries.forms");
  const languageName = useLanguageName();
  if (work.form !== null) return forms(work.form);
  return work.style === null ? t("into", { language: languageName(work.to) }) : t(`styles.${work.style}`);
}
