/** What a table would do, and what is wrong in it, line by line. */
import type { ImportReport } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";

const css = classes(sheet);
const figures = ["created", "moved", "changed", "unchanged", "refused"] as const;

interface ReportProps {
  readonly report: ImportReport;
  /** The file's name. */
  readonly name?: string;
  /** What is behind each line, where it is no file that was read. */
  readonly entries?: { readonly [line: string]: string };
}

export function Report({ report, name, entries }: ReportProps) {
  const t = useTranslations("imports");
  const entryWords = useTranslations("ldap")("entry");
  const separator = report.separator === "\t" ? "tab" : report.separator === ";" ? "semicolon" : "comma";
  return (
    <>
      {name !== undefined && (
        <p className={css("words")}>
          {t("read", { name, lines: report.lines, encoding: report.encoding, separator: t(`separators.${separator}`) })}
        </p>
      )}
      <dl className={css("figures")}>
        {figures.map((figure) => (
          <div key={figure}>
            <dt>{t(`figures.${figure}`)}</dt>
            <dd>{report[figure]}</dd>
          </div>
        ))}
      </dl>
      {report.ignored_columns.length > 0 && (
        <Notice>{t("ignored", { columns: report.ignored_columns.join(", ") })}</Notice>
      )}
      {report.refused > 0 && (
        <>
          <Notice meaning="caution" alert>
            {t("nothingDone", { count: report.refused })}
          </Notice>
          <Table
            caption={t("problems")}
            rows={report.problems}
            rowKey={({ line, column, code }) => `${line} ${column} ${code}`}
            empty=""
            columns={[
              entries
                ? { name: entryWords, heading: true, cell: (one) => entries[String(one.line)] ?? one.line }
                : { name: t("line"), heading: true, align: "end", cell: (one) => one.line },
              { name: t("column"), cell: (one) => (one.column === "" ? t("wholeLine") : columnName(t, one.column)) },
              { name: t("problem"), cell: (one) => t(`codes.${one.code}`) },
            ]}
          />
        </>
      )}
    </>
  );
}

type Words = ReturnType<typeof useTranslations<"imports">>;
type ColumnKey = Parameters<Words>[0] & `columnNames.${string}`;

function columnName(t: Words, column: string): string {
  return t(`columnNames.${column}` as ColumnKey);
}
