/** What was checked of an answer, as its text shows it: numbers that name their source, and why one does not hold. */
import { useMemo } from "react";
import type { Citation, PageOfWeb } from "#/api/types";
import type { Finding } from "#/features/answer";
import { useTranslations } from "#/i18n";
import type { SourceNames } from "./useSourceNames";

export function useFindings(
  checks: readonly Citation[] | null,
  { nameOf }: SourceNames,
  pages: ReadonlyMap<string, PageOfWeb>,
): readonly Finding[] | null {
  const t = useTranslations("sources");
  return useMemo(() => {
    const place = ({ file_id, snapshot_id, page }: Citation) => {
      if (snapshot_id != null) return pages.get(snapshot_id)?.title ?? null;
      if (file_id == null) return null;
      return page == null ? nameOf(file_id) : t("citePage", { name: nameOf(file_id), page });
    };
    const label = (citation: Citation) => {
      const { number, verified, reason } = citation;
      const source = [place(citation), reason && t(`reasons.${reason}`)].filter(Boolean).join(" — ");
      if (number === 0) return t("citeNone", { source });
      return t("cite", { number, state: t(`states.${verified ? "verified" : "unsupported"}`), source });
    };
    return checks?.map((citation, index) => findingOf(citation, index, label(citation))) ?? null;
  }, [checks, nameOf, pages, t]);
}

function findingOf(
  { number, verified, end, marker_start, marker_end }: Citation,
  index: number,
  label: string,
): Finding {
  return {
    cited: { index, number, state: verified ? "verified" : "unsupported", label },
    end,
    marker: marker_start == null || marker_end == null ? null : [marker_start, marker_end],
  };
}
