/** The report on a draft: what to review first, then calls, then what the text says beside the abstracts, then the rest. */
import { Download } from "lucide-react";
import { useDraftReport } from "#/api/scholarly";
import type { DraftReport } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useLocale, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import { saveFile } from "#/ui/saveFile";
import { Claims } from "./Claims";
import { EXTENSIONS, type Format, toWrite } from "./draftFiles";
import { ListedReferences } from "./ListedReferences";
import sheet from "./scholarly.module.css";

const css = classes(sheet);

export function DraftReportView({ report }: { readonly report: DraftReport }) {
  const t = useTranslations("scholarly.check");
  const numbered = report.references.map((reference, place) => ({ reference, place }));
  const wrong = numbered.filter(({ reference }) => reference.verdict !== "found");
  const right = numbered.filter(({ reference }) => reference.verdict === "found");
  return (
    <section aria-label={t("list")} className={css("results")}>
      <h2 className={css("count")}>
        <span role="status">{t("summary", { count: report.references.length, wrong: wrong.length })}</span>
      </h2>
      {!report.has_heading && <Notice meaning="caution">{t("noHeading")}</Notice>}
      <Exports report={report} />
      {wrong.length > 0 && <ListedReferences title={t("toReview")} listed={wrong} />}
      <Calls report={report} />
      <Claims report={report} />
      {report.left_out.length > 0 && (
        <details className={css("abstract")}>
          <summary>{t("leftOut", { count: report.left_out.length })}</summary>
          <Lines lines={report.left_out} />
        </details>
      )}
      {right.length > 0 && <ListedReferences title={t("right")} listed={right} folded={wrong.length > 0} />}
    </section>
  );
}

function Exports({ report }: { readonly report: DraftReport }) {
  const t = useTranslations("scholarly.check");
  const language = useLocale() === "en" ? "en" : "fr";
  const writing = useDraftReport();
  const run = (format: Format) =>
    writing.mutate(toWrite(report, format, language), {
      onSuccess: (file) => saveFile(file, `references.${EXTENSIONS[format]}`),
    });
  return (
    <div className={css("export")}>
      {(Object.keys(EXTENSIONS) as Format[]).map((format) => (
        <Button key={format} small icon={Download} busy={writing.isPending} onPress={() => run(format)}>
          {t(`exports.${format}`)}
        </Button>
      ))}
      {writing.error && <ErrorNotice error={writing.error} />}
    </div>
  );
}

function Calls({ report }: { readonly report: DraftReport }) {
  const t = useTranslations("scholarly.check");
  if (report.calls === 0) return <p className={css("soft")}>{t("noCalls")}</p>;
  const absent = [...new Map(report.absent.map((one) => [one.written, one])).values()];
  return (
    <>
      {absent.length > 0 && (
        <section className={css("results")}>
          <h3 className={css("title")}>{t("absent", { count: absent.length })}</h3>
          <ul className={css("lines")}>
            {absent.map((one) => (
              <li key={one.written}>
                {one.written}
                {typeof one.near === "number" && (
                  <span className={css("soft")}>
                    {" "}
                    {t("near", { written: report.references[one.near]?.written ?? "" })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {report.uncalled.length > 0 && (
        <section className={css("results")}>
          <h3 className={css("title")}>{t("uncalled", { count: report.uncalled.length })}</h3>
          <Lines lines={report.uncalled.map((place) => report.references[place]?.written ?? "")} />
        </section>
      )}
      {absent.length === 0 && report.uncalled.length === 0 && (
        <p className={css("soft")}>{t("allCalled", { count: report.calls })}</p>
      )}
    </>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className={css("lines")}>
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be the same, and the list never moves
        <li key={place}>{line}</li>
      ))}
    </ul>
  );
}
