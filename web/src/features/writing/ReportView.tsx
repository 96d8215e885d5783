/** The report of a work: figures, terms, and the segments that a person should look at. */
import type { WritingReport } from "#/api/types";
import { useFindingWords } from "#/features/sources/findingWords";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import type { Why } from "./changes";
import desk from "./desk.module.css";
import { useReasonWords } from "./useReasonWords";
import sheet from "./writing.module.css";

const css = classes(desk, sheet);
const FIGURES = ["written", "reused", "copied", "kept", "retried", "figures_checked"] as const;

interface ReportViewProps {
  readonly report: WritingReport;
  /** What a format has no place for concerns documents: of words typed here, it says nothing. */
  readonly isFile: boolean;
}

export function ReportView({ report, isFile }: ReportViewProps) {
  const t = useTranslations("writing.report");
  const format = useFormatter();
  const finding = useFindingWords();
  const why = useTranslations("writing.changes.why");
  const changes = Object.fromEntries(Object.entries(report.changes).map(([kind, count]) => [why(kind as Why), count]));
  const looked = report.to_look_at.length + report.more_to_look_at;
  return (
    <section className={css("section")} aria-labelledby="writing-report">
      <h3 id="writing-report" className={css("subtitle")}>
        {t("title")}
      </h3>
      <Notice meaning={looked === 0 ? "plain" : "caution"}>
        <p>{t("eye", { count: looked })}</p>
      </Notice>
      <dl className={css("figures")}>
        {FIGURES.map((name) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{format.number(report[name])}</dd>
          </div>
        ))}
      </dl>
      <Words title={t("changes")} words={changes} />
      <Words title={t("termsApplied")} words={report.terms_applied} />
      <Words title={t("termsMissed")} words={report.terms_missed} />
      <Words title={t("names")} words={report.names} />
      <ToLookAt report={report} />
      {isFile && report.left_out.length > 0 && (
        <ul className={css("words")}>
          {report.left_out.map((code) => (
            <li key={code}>{finding({ code, page: null, params: {} })}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Words({ title, words }: { readonly title: string; readonly words: Readonly<Record<string, number>> }) {
  const format = useFormatter();
  const found = Object.entries(words);
  if (found.length === 0) return null;
  return (
    <p>
      <strong>{title}</strong> {found.map(([word, count]) => `${word} (${format.number(count)})`).join(", ")}
    </p>
  );
}

function ToLookAt({ report }: { readonly report: WritingReport }) {
  const t = useTranslations("writing");
  const reason = useReasonWords();
  if (report.to_look_at.length === 0) return null;
  return (
    <details>
      <summary>{t("report.list", { count: report.to_look_at.length })}</summary>
      <ul className={css("words")}>
        {report.to_look_at.map((line) => (
          <li key={line.number}>
            <a href={`#segment-${line.number}`}>
              {typeof line.page === "number" ? t("page", { page: line.page }) : line.number + 1}
            </a>{" "}
            {line.source} <span className={css("facts")}>{line.reasons.map(reason).join(" ")}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
