/** Papers compared: a row each, a column a question of the person's, each cell with its passages, or "not said". */

import { useState } from "react";
import { type PapersTable, type TableFormat, useTableExport } from "#/api/papers";
import type { Paper } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { WithFormulas } from "#/features/formulas/WithFormulas";
import deskSheet from "#/features/scholarly/scholarly.module.css";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinesField } from "#/ui/Field";
import { HeldPassages } from "./HeldPassages";
import sheet from "./papers.module.css";
import { type Filled, placeOf, useComparison } from "./useComparison";

const desk = classes(deskSheet);
const css = classes(sheet);
const FORMATS: readonly TableFormat[] = ["csv", "odt", "md"];
const MOST_COLUMNS = 12;

interface ComparisonProps {
  readonly base: string;
  readonly papers: readonly Paper[];
}

export function Comparison({ base, papers }: ComparisonProps) {
  const t = useTranslations("papers");
  const [written, setWritten] = useState("");
  const [asked, setAsked] = useState<readonly string[]>([]);
  const { cells, running, start, stop } = useComparison(base);
  const ask = () => {
    const lines = written.split("\n").map((line) => line.trim());
    const questions = [...new Set(lines.filter((line) => line.length >= 3))].slice(0, MOST_COLUMNS);
    setAsked(questions);
    if (questions.length > 0) start(papers, questions);
  };
  return (
    <section className={desk("form")} aria-label={t("compare")}>
      <h2 className={desk("count")}>{t("compare")}</h2>
      <LinesField
        label={t("questions")}
        rows={3}
        maxLength={4_000}
        value={written}
        onChange={(event) => setWritten(event.target.value)}
      />
      <div className={desk("export")}>
        {running ? (
          <Button onPress={stop}>{t("stop")}</Button>
        ) : (
          <Button look="primary" isDisabled={written.trim().length < 3} onPress={ask}>
            {t("fill", { count: papers.length })}
          </Button>
        )}
        {asked.length > 0 && !running && <Export papers={papers} questions={asked} cells={cells} />}
      </div>
      {asked.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keyboard too.
        <section className={css("scroll")} aria-label={t("table")} aria-busy={running} tabIndex={0}>
          <table className={css("table")}>
            <thead>
              <tr>
                <th scope="col">{t("paper")}</th>
                {asked.map((question) => (
                  <th key={question} scope="col">
                    {question}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {papers.map(({ id, record }) => (
                <tr key={id}>
                  <th scope="row">
                    <WithFormulas text={record.title ?? ""} />
                    {record.is_retracted && <strong className={css("retracted")}> {t("retracted")}</strong>}
                  </th>
                  {asked.map((question) => (
                    <td key={question}>
                      <Cell filled={cells.get(placeOf(id, question))} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

function Cell({ filled }: { readonly filled: Filled | undefined }) {
  const t = useTranslations("papers");
  if (filled === undefined) return "—";
  if (filled === "asking") return <span className={css("soft")}>{t("asking")}</span>;
  if (filled instanceof Error) return <ErrorNotice error={filled} />;
  if (!filled.is_said) return <span className={css("soft")}>{t("notSaid")}</span>;
  return (
    <>
      <p>{filled.text}</p>
      <HeldPassages held={filled.held} />
    </>
  );
}

interface ExportProps {
  readonly papers: readonly Paper[];
  readonly questions: readonly string[];
  readonly cells: ReadonlyMap<string, Filled>;
}

function Export({ papers, questions, cells }: ExportProps) {
  const t = useTranslations("papers");
  const exporting = useTableExport();
  const words = (filled: Filled | undefined) => {
    if (filled === undefined || filled === "asking" || filled instanceof Error) return "";
    if (!filled.is_said) return t("notSaid");
    const pages = [...new Set(filled.held.map(({ page }) => page).filter((page) => page !== null))];
    return pages.length > 0 ? `${filled.text} (${t("pages", { pages: pages.join(", ") })})` : filled.text;
  };
  const table = (): PapersTable => ({
    columns: [t("paper"), "DOI", ...questions],
    rows: papers.map(({ id, record }) => [
      record.is_retracted ? `${record.title} ${t("retracted")}` : (record.title ?? ""),
      record.identifiers?.doi ?? "",
      ...questions.map((question) => words(cells.get(placeOf(id, question)))),
    ]),
  });
  const run = (format: TableFormat) =>
    exporting.mutate({ format, table: table() }, { onSuccess: (file) => save(file, `publications.${format}`) });
  return (
    <>
      {FORMATS.map((format) => (
        <Button key={format} small busy={exporting.isPending} onPress={() => run(format)}>
          {t(`formats.${format}`)}
        </Button>
      ))}
      {exporting.error && <ErrorNotice error={exporting.error} />}
    </>
  );
}

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
