/** What a reader of a summary should know, as a sentence; a code of a newer server is told as a doubt. */
import type { Messages } from "#/i18n";
import { useTranslations } from "#/i18n";

type Known = keyof Messages["summaries"]["notices"];

export function useNoticeWords(): (code: string) => string {
  const t = useTranslations("summaries.notices");
  return (code) => t(t.has(code as Known) ? (code as Known) : "other");
}
