/** What became of a search of the web, in plain sentences: what was not made, not found, not read. */
import { type ErrorCode, useErrorWords } from "#/features/errors/errorWords";
import { useFormatter, useTranslations } from "#/i18n";
import type { WebSearched } from "./webSources";

export function useWebSentences({ pages, results, notSearched, silent, unread }: WebSearched): readonly string[] {
  const t = useTranslations("web");
  const format = useFormatter();
  const errors = useErrorWords();
  const engines = () => format.list(silent.map((name) => t(`engines.${name as "searxng"}`)));
  return [
    notSearched !== null && t("notSearched", { reason: errors({ code: notSearched as ErrorCode, params: {} }) }),
    silent.length > 0 && t("silent", { engines: engines() }),
    results === 0 && silent.length === 0 && t("nothing"),
    results !== null && results > 0 && pages.length === 0 && t("nothingRead"),
    pages.length > 0 && unread > 0 && t("unread", { count: unread }),
  ].filter((sentence) => sentence !== false);
}
