/** What units used and what it cost, by month: one level of the tree at a time, its plot, its table and its files. */
import { CornerLeftUp, Download } from "lucide-react";
import { useState } from "react";
import type { UnitsUsage, UnitUsage, UsageCell } from "#/api/types";
import { type UsagePeriod, usageFile, useUnitsUsage } from "#/api/usage";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { BarPlot } from "#/ui/BarPlot";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField } from "#/ui/Field";
import { Table } from "#/ui/Table";
import { KINDS, type Kind, useFigureWords } from "./figures";
import { Method } from "./OwnUsage";
import sheet from "./usage.module.css";

const css = classes(sheet);
const PERIODS = [1, 3, 6, 12, 24] as const;

export function CostsAdministration() {
  const t = useTranslations("usage");
  const [kind, setKind] = useState<Kind>("euros");
  const [months, setMonths] = useState(6);
  const [unit, setUnit] = useState<string | null>(null);
  const period = { unit, from: monthsAgo(months - 1) };
  const { data, error, refetch } = useUnitsUsage(period);
  return (
    <>
      <div className={css("tools")}>
        <ChoiceField
          label={t("figure")}
          value={kind}
          onChange={(event) => setKind(event.target.value as Kind)}
          options={KINDS.map((one) => [one, t(`kinds.${one}`)])}
        />
        <ChoiceField
          label={t("period")}
          value={String(months)}
          onChange={(event) => setMonths(Number(event.target.value))}
          options={PERIODS.map((count) => [String(count), t("lastMonths", { count })])}
        />
        <Files period={period} />
      </div>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && <Costs usage={data} kind={kind} onUnit={setUnit} />}
    </>
  );
}

function Files({ period }: { readonly period: UsagePeriod }) {
  const t = useTranslations("usage");
  return (["csv", "parquet"] as const).map((format) => (
    <a key={format} className={css("file")} href={usageFile(period, format)} download>
      <Download aria-hidden="true" className={css("icon")} />
      {t(format)}
    </a>
  ));
}

interface CostsProps {
  readonly usage: UnitsUsage;
  readonly kind: Kind;
  readonly onUnit: (id: string | null) => void;
}

function Costs({ usage, kind, onUnit }: CostsProps) {
  const t = useTranslations("usage");
  const format = useFormatter();
  const words = useFigureWords();
  const { total, months, least_persons, refreshed_at: made } = usage;
  const names = months.map((month) =>
    format.dateTime(new Date(`${month}T00:00Z`), { month: "short", year: "numeric", timeZone: "UTC" }),
  );
  const title = usage.name ?? t("all");
  const told = total?.cells.flatMap((cell, index) => (cell ? [{ name: names[index] ?? "", value: cell[kind] }] : []));
  const highest = told?.reduce((most, one) => (one.value > most.value ? one : most), { name: "", value: -1 });
  const unpriced = total?.total?.unpriced ?? 0;
  return (
    <>
      <div className={css("crumbs")}>
        <strong>{title}</strong>
        {usage.unit_id !== null && (
          <Button small icon={CornerLeftUp} onPress={() => onUnit(usage.above.at(-1) ?? null)}>
            {t("up")}
          </Button>
        )}
      </div>
      {told && told.length > 1 && highest && (
        <BarPlot
          label={t("plot", {
            title,
            kind: t(`kinds.${kind}`),
            highest: words(kind, highest.value),
            when: highest.name,
          })}
          top={words(kind, highest.value)}
          bars={told.map((one) => ({ ...one, words: words(kind, one.value) }))}
        />
      )}
      <UnitsTable usage={usage} kind={kind} names={names} onUnit={onUnit} />
      {kind === "euros" && unpriced > 0 && <p className={css("method")}>{t("unpriced", { count: unpriced })}</p>}
      <p className={css("method")}>
        {made === null ? t("notMade") : t("made", { when: format.relativeTime(new Date(made), new Date()) })}{" "}
        {t("withoutUnit", { least: String(least_persons) })}
      </p>
      <Method grams={usage.grid_grams_per_kwh} />
    </>
  );
}

function UnitsTable({ usage, kind, names, onUnit }: CostsProps & { readonly names: readonly string[] }) {
  const t = useTranslations("usage");
  const figure = (cell: UsageCell | null | undefined) => <Told cell={cell ?? null} kind={kind} />;
  const rows = usage.total ? [...usage.items, usage.total] : usage.items;
  const name = (row: UnitUsage) => {
    if (row === usage.total) return t("total");
    if (row.kind === "rest") return t("rest");
    if (!row.has_units || row.unit_id === null) return row.name;
    return (
      <Button
        look="quiet"
        small
        start
        aria-label={t("open", { name: row.name ?? "" })}
        onPress={() => onUnit(row.unit_id)}
      >
        {row.name}
      </Button>
    );
  };
  return (
    <Table
      caption={t("costs")}
      rows={rows}
      rowKey={(row) => (row === usage.total ? "total" : (row.unit_id ?? "rest"))}
      empty={t("nothing")}
      columns={[
        { name: t("unit"), heading: true, cell: name },
        ...names.map((month, index) => ({
          name: month,
          align: "end" as const,
          cell: (row: UnitUsage) => figure(row.cells[index]),
        })),
        ...(names.length > 1
          ? [{ name: t("total"), align: "end" as const, cell: (row: UnitUsage) => figure(row.total) }]
          : []),
      ]}
    />
  );
}

function Told({ cell, kind }: { readonly cell: UsageCell | null; readonly kind: Kind }) {
  const t = useTranslations("usage");
  const words = useFigureWords();
  return cell ? words(kind, cell[kind]) : <span className={css("hidden")}>{t("hidden")}</span>;
}

/** The month so many before this one, as YYYY-MM. */
function monthsAgo(count: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() - count, 1)).toISOString().slice(0, 7);
}
