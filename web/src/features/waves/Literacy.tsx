/** How often the path on using a model well was followed, by month and unit; nothing about fewer than five. */
import { useLiteracy } from "#/api/literacy";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Table } from "#/ui/Table";
import sheet from "./waves.module.css";

const css = classes(sheet);

interface Line {
  readonly id: string;
  readonly month: string;
  readonly name: string;
  readonly completions: number | null;
}

export function Literacy() {
  const t = useTranslations("waves");
  const told = useTranslations("literacy");
  const format = useFormatter();
  const { data, error, refetch } = useLiteracy();
  const month = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { month: "long", year: "numeric", timeZone: "UTC" });
  const units = (data?.figures ?? []).map<Line>((one) => ({
    ...one,
    id: one.unit?.id ?? "none",
    name: one.unit?.name ?? told("noUnit"),
  }));
  const totals = (data?.totals ?? []).map<Line>((one) => ({ ...one, id: "total", name: t("total") }));
  const rows = [...new Set(units.map((one) => one.month))].flatMap((day) =>
    [...units, ...totals].filter((one) => one.month === day),
  );
  return (
    <section className={css("section")} aria-labelledby="literacy-title">
      <h2 id="literacy-title" className={css("title")}>
        {told("followed")}
      </h2>
      <p className={css("words")}>{told("followedWords")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && (
        <Table
          caption={told("followed")}
          rows={rows}
          rowKey={(one) => `${one.month} ${one.id}`}
          empty={told("nobody")}
          columns={[
            { name: told("month"), cell: (one) => month(one.month) },
            { name: t("unit"), heading: true, cell: (one) => one.name },
            {
              name: told("times"),
              align: "end",
              cell: ({ completions }) => (completions === null ? t("hidden") : format.number(completions)),
            },
          ]}
        />
      )}
    </section>
  );
}
