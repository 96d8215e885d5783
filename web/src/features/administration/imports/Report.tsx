/** What a table would do, and what is wrong in it, line by line. */
import type { ImportReport } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";

const css = classes(sheet);
const figures = ["created", "moved", "changed", "unchanged", "refused"] as const;

export function Report({ report, name }: { readonly report: ImportReport; readonly name: string }) {
  const t = useTranslations("imports");
  const separator = report.separator === "\t" ? "tab" : report.separator === ";" ? "semicolon" : "comma";
  return (
    <>
      <p className={css("words")}>
        {t("read", { name, lines: report.lines, encoding: report.encoding, separator: t(`separators.${separator}`) })}
      </p>
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
              { name: t("line"), heading: true, align: "end", cell: (one) => one.line },
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
