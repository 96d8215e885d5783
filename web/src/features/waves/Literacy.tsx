/** How often the path on using a model well was followed, by month and unit; nothing about fewer than five. */
import { useLiteracy } from "#/api/literacy";
import { ListMore, ListSearch, useListWords } from "#/features/administration/ListSearch";
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
  const whole = useTranslations("administration");
  const words = useListWords();
  const { data, error, refetch, ...list } = useLiteracy(words.settled);
  const month = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { month: "long", year: "numeric", timeZone: "UTC" });
  const units = (data?.pages.flatMap((page) => page.figures) ?? []).map<Line>((one) => ({
    ...one,
    id: one.unit?.id ?? "none",
    name: one.unit?.name ?? told("noUnit"),
  }));
  const ofAll = words.settled === "" ? (data?.pages[0]?.totals ?? []) : [];
  const totals = ofAll.map<Line>((one) => ({ ...one, id: "total", name: t("total") }));
  const rows = [...new Set(units.map((one) => one.month))].flatMap((day) =>
    [...totals, ...units].filter((one) => one.month === day),
  );
  return (
    <section className={css("section")} aria-labelledby="literacy-title">
      <h2 id="literacy-title" className={css("title")}>
        {told("followed")}
      </h2>
      <p className={css("words")}>{told("followedWords")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      <ListSearch label={t("searchUnit")} words={words} more={list.hasNextPage} />
      {data && (
        <Table
          caption={told("followed")}
          rows={rows}
          rowKey={(one) => `${one.month} ${one.id}`}
          isMarked={(one) => one.id === "total"}
          empty={words.settled === "" ? told("nobody") : whole("noneFound")}
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
      <ListMore list={list} />
    </section>
  );
}
