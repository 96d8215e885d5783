/** What became of a search of publications, in plain sentences: what was not made, not found, not said. */
import { type ErrorCode, useErrorWords } from "#/features/errors/errorWords";
import { useFormatter, useTranslations } from "#/i18n";
import type { WorksSearched } from "./workSources";

export function useWorksSentences(searched: WorksSearched): readonly string[] {
  const { works, found, unabstracted, notSearched, kept, silent } = searched;
  const t = useTranslations();
  const format = useFormatter();
  const errors = useErrorWords();
  const list = (names: readonly string[]) =>
    format.list(names.map((name) => t(`publications.sources.${name as "hal"}`)));
  const retracted = works.filter(({ retracted: one }) => one).length;
  return [
    notSearched !== null &&
      t("publications.notSearched", { reason: errors({ code: notSearched as ErrorCode, params: {} }) }),
    retracted > 0 && t("publications.retracted", { count: retracted }),
    silent.length > 0 && t("publications.silent", { sources: list(silent) }),
    kept.length > 0 && t("publications.kept", { sources: list(kept) }),
    found === 0 && t("publications.nothing"),
    found !== null && found > 0 && works.length === 0 && t("publications.nothingSaid"),
    works.length > 0 && unabstracted > 0 && t("publications.unabstracted", { count: unabstracted }),
  ].filter((sentence) => sentence !== false);
}
