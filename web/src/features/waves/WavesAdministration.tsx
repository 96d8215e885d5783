/** The waves that one manages, who waits, the units opened as a whole, and the words of messages. */
import { Link } from "@tanstack/react-router";
import { CalendarPlus } from "lucide-react";
import { useState } from "react";
import { type Cohort, type CohortOrder, useCohorts } from "#/api/waves";
import { ListMore, ListSearch, useListOrder, useListWords } from "#/features/administration/ListSearch";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { type Order, Table } from "#/ui/Table";
import { CohortDialog } from "./CohortDialog";
import { Literacy } from "./Literacy";
import { Openings } from "./Openings";
import { WaitingList } from "./WaitingList";
import { WordsTable } from "./WordsTable";
import sheet from "./waves.module.css";

const css = classes(sheet);

export function WavesAdministration() {
  const t = useTranslations("waves");
  const words = useListWords();
  const { by, order } = useListOrder<CohortOrder>("-opens");
  const { data, error, refetch, ...list } = useCohorts(words.settled, by);
  const [creating, setCreating] = useState(false);
  return (
    <>
      <section className={css("section")} aria-labelledby="waves-title">
        <div className={css("head")}>
          <h2 id="waves-title" className={css("title")}>
            {t("title")}
          </h2>
          <Button look="primary" icon={CalendarPlus} onPress={() => setCreating(true)}>
            {t("create")}
          </Button>
        </div>
        <p className={css("words")}>{t("words")}</p>
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        <ListSearch label={t("searchWave")} words={words} more={list.hasNextPage} />
        {data && (
          <CohortsTable
            cohorts={data.pages.flatMap((page) => page.items)}
            order={order}
            searched={words.settled !== ""}
          />
        )}
        <ListMore list={list} />
      </section>
      <WaitingList />
      <Openings />
      <WordsTable />
      <Literacy />
      {creating && <CohortDialog onClose={() => setCreating(false)} />}
    </>
  );
}

interface CohortsTableProps {
  readonly cohorts: readonly Cohort[];
  readonly order: Order;
  readonly searched: boolean;
}

function CohortsTable({ cohorts, order, searched }: CohortsTableProps) {
  const t = useTranslations("waves");
  const whole = useTranslations("administration");
  const format = useFormatter();
  const dates = useDates();
  return (
    <Table
      caption={t("title")}
      order={order}
      rows={cohorts}
      rowKey={(cohort) => cohort.id}
      empty={searched ? whole("noneFound") : t("none")}
      columns={[
        {
          order: "name",
          name: t("name"),
          heading: true,
          cell: (one) => (
            <Link
              to="/administration/waves/$cohortId"
              params={{ cohortId: one.id }}
              aria-label={t("see", { name: one.name })}
            >
              {one.name}
            </Link>
          ),
        },
        { order: "unit", under: true, name: t("unit"), cell: (one) => one.unit?.name ?? t("unitAll") },
        { order: "state", name: t("state"), cell: (one) => <State cohort={one} /> },
        { order: "opens", under: true, name: t("when"), cell: dates },
        { order: "members", name: t("members"), align: "end", cell: (one) => t("places", one) },
        {
          order: "activated",
          under: true,
          name: t("activated"),
          align: "end",
          cell: (one) => format.number(one.activated),
        },
      ]}
    />
  );
}

export function State({ cohort }: { readonly cohort: Cohort }) {
  const t = useTranslations("waves");
  return cohort.state === "open" && !cohort.is_open ? t("notYet") : t(`states.${cohort.state}`);
}

/** Days are days: the same everywhere, whatever the hour. */
export function useDates(): (cohort: Pick<Cohort, "opens_on" | "closes_on">) => string {
  const t = useTranslations("waves");
  const day = useDay();
  return ({ opens_on, closes_on }) => t("dates", { from: day(opens_on), to: day(closes_on) });
}

export function useDay(): (day: string) => string {
  const format = useFormatter();
  return (day) => format.dateTime(new Date(`${day}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
}
