/** A person's own usage: plots of days and months with their tables, models, and how the figures are made. */
import { useState } from "react";
import { useModels } from "#/api/models";
import type { OwnUsage as OwnUsageData, UsageFigures } from "#/api/types";
import { useOwnUsage } from "#/api/usage";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { BarPlot } from "#/ui/BarPlot";
import { classes } from "#/ui/classes";
import { ChoiceField } from "#/ui/Field";
import { FiguresTable } from "./FiguresTable";
import { KINDS, type Kind, useFigureWords } from "./figures";
import sheet from "./usage.module.css";

const css = classes(sheet);

export function OwnUsage() {
  const { data, error, refetch } = useOwnUsage();
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return data ? <Figures usage={data} /> : null;
}

function Figures({ usage }: { readonly usage: OwnUsageData }) {
  const t = useTranslations("usage");
  const format = useFormatter();
  const [kind, setKind] = useState<Kind>("requests");
  const { data: models } = useModels();
  // Days and months are dates of a calendar, whatever the clock here says.
  const date = (day: string, form: { readonly day?: "numeric"; readonly month: "short"; readonly year?: "numeric" }) =>
    format.dateTime(new Date(`${day}T00:00Z`), { ...form, timeZone: "UTC" });
  const days = usage.days.map((one) => ({ ...one, name: date(one.day, { day: "numeric", month: "short" }) }));
  const months = usage.months.map((one) => ({ ...one, name: date(one.month, { month: "short", year: "numeric" }) }));
  const named = usage.models.map((one) => ({
    ...one,
    name: models?.find(({ id }) => id === one.model_id)?.display_name ?? one.model_id,
  }));
  return (
    <div className={css("usage")}>
      <div className={css("choice")}>
        <ChoiceField
          label={t("figure")}
          value={kind}
          onChange={(event) => setKind(event.target.value as Kind)}
          options={KINDS.map((one) => [one, t(`kinds.${one}`)])}
        />
      </div>
      <Period title={t("days")} of={t("day")} kind={kind} rows={days} />
      <Period title={t("months")} of={t("month")} kind={kind} rows={months} />
      <h3 className={css("sub")}>{t("models")}</h3>
      <FiguresTable caption={t("models")} of={t("model")} rows={named} />
      <Method grams={usage.grid_grams_per_kwh} />
    </div>
  );
}

interface PeriodProps {
  readonly title: string;
  readonly of: string;
  readonly kind: Kind;
  readonly rows: readonly (UsageFigures & { readonly name: string })[];
}

function Period({ title, of, kind, rows }: PeriodProps) {
  const t = useTranslations("usage");
  const words = useFigureWords();
  const highest = rows.reduce((most, row) => (row[kind] > most[kind] ? row : most), rows[0] as (typeof rows)[number]);
  const top = words(kind, highest[kind]);
  return (
    <div className={css("period")}>
      <h3 className={css("sub")}>{title}</h3>
      <BarPlot
        label={t("plot", { title, kind: t(`kinds.${kind}`), highest: top, when: highest.name })}
        top={top}
        bars={rows.map((row) => ({ name: row.name, value: row[kind], words: words(kind, row[kind]) }))}
      />
      <details>
        <summary className={css("summary")}>{t("table", { title })}</summary>
        <FiguresTable caption={title} of={of} rows={rows} />
      </details>
    </div>
  );
}

/** How the figures are made, and how far they may be trusted. */
export function Method({ grams }: { readonly grams: number }) {
  const t = useTranslations("usage");
  return <p className={css("method")}>{t("method", { grams })}</p>;
}
