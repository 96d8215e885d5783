/** A summary: its text with the numbers of its sources, what nothing holds, what of the documents was read. */
import { useCallback, useMemo } from "react";
import { useSummary } from "#/api/summaries";
import type { Citation, DeskSummary, Work } from "#/api/types";
import { isUnderWay } from "#/api/writing";
import { AnswerText } from "#/features/chat/AnswerText";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useOpenSource } from "#/features/sources/opening";
import { useFindings } from "#/features/sources/useFindings";
import { useSourceNames } from "#/features/sources/useSourceNames";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import desk from "../desk.module.css";
import { CoverageView } from "./CoverageView";
import sheet from "./summary.module.css";
import { unheldOf } from "./unheld";
import { useNoticeWords } from "./useNoticeWords";

const css = classes(desk, sheet);
const NO_PAGES = new Map<string, never>();
/** Nothing from outside: an address that a document holds is not a link. */
const NO_LINKS: ReadonlySet<string> = new Set();

export function SummaryResult({ work }: { readonly work: Work }) {
  const t = useTranslations("summaries");
  const summary = useSummary(work);
  const { data } = summary;
  return (
    <>
      {summary.error && <ErrorNotice error={summary.error} onRetry={() => void summary.refetch()} />}
      {summary.isPending && <p className={css("facts")}>{t("loading")}</p>}
      {data && <Shown work={work} summary={data} />}
    </>
  );
}

function Shown({ work, summary }: { readonly work: Work; readonly summary: DeskSummary }) {
  const t = useTranslations("summaries");
  const words = useNoticeWords();
  const open = useOpenSource();
  const { checks, text, is_partial: partial, coverage, notices } = summary;
  const ids = useMemo(() => [...new Set(checks.flatMap(({ file_id }) => file_id ?? []))], [checks]);
  const findings = useFindings(checks, useSourceNames(ids, []), NO_PAGES);
  const cite = useCallback(
    (index: number, from: HTMLElement) => open({ turnKey: work.id, index, fileId: null }, from),
    [open, work.id],
  );
  if (partial && text === "") return isUnderWay(work) ? <p className={css("facts")}>{t("soon")}</p> : null;
  return (
    <>
      {notices.map((code) => (
        <Notice key={code} meaning={code === "identical" ? "plain" : "caution"}>
          <p>{words(code)}</p>
        </Notice>
      ))}
      <article className={css("text")} aria-labelledby="summary-text" lang={partial ? undefined : work.to}>
        <h3 id="summary-text" className={partial ? css("subtitle") : "visuallyHidden"}>
          {partial ? t("partial") : t("result")}
        </h3>
        {partial && <p className={css("facts")}>{t("partialAbout")}</p>}
        {text !== "" && <AnswerText text={text} streaming={false} findings={findings} links={NO_LINKS} onCite={cite} />}
      </article>
      {!partial && <ToCheck summary={summary} />}
      {coverage.length > 0 && <CoverageView workId={work.id} coverage={coverage} />}
    </>
  );
}

/** How many statements hold, and those that do not, each with the reason. */
function ToCheck({ summary }: { readonly summary: DeskSummary }) {
  const t = useTranslations("summaries");
  const reasons = useTranslations("sources.reasons");
  const { statements, held, text, checks } = summary;
  const unheld = unheldOf(text, checks as readonly Citation[]);
  if (statements === 0) return null;
  return (
    <Notice meaning={unheld.length === 0 ? "plain" : "caution"}>
      <p>{t("held", { held, statements })}</p>
      {unheld.length > 0 && (
        <ul className={css("unheld")}>
          {unheld.map(({ start, words, reason }) => (
            <li key={start}>
              {words} <span className={css("facts")}>— {reasons(reason)}</span>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
