/** How far a wave is: a table by unit, and the curve of accounts; nothing about fewer than five people. */
import { type CohortProgress, useProgress } from "#/api/waves";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Table } from "#/ui/Table";
import { useDay } from "./WavesAdministration";
import sheet from "./waves.module.css";

const css = classes(sheet);

type Line = CohortProgress["total"] & { readonly name: string };

export function Progress({ id }: { readonly id: string }) {
  const t = useTranslations("waves");
  const format = useFormatter();
  const { data, error } = useProgress(id);
  if (error) return <ErrorNotice error={error} />;
  if (!data) return null;
  const units: readonly Line[] = data.units.map((one) => ({ ...one, name: one.unit?.name ?? t("unitUnknown") }));
  const rows = units.length > 1 ? [...units, { ...data.total, name: t("total") }] : units;
  const told = (count: number | null) => (count === null ? t("hidden") : format.number(count));
  return (
    <section className={css("section")} aria-labelledby="progress-title">
      <h3 id="progress-title" className={css("sub")}>
        {t("progress")}
      </h3>
      <p className={css("words")}>{t("progressWords")}</p>
      <Table
        caption={t("progress")}
        rows={rows}
        rowKey={(one) => one.name}
        empty={t("noProgress")}
        columns={[
          { name: t("unit"), heading: true, cell: (one) => one.name },
          { name: t("invited"), align: "end", cell: (one) => told(one.invited) },
          { name: t("activated"), align: "end", cell: (one) => told(one.activated) },
          { name: t("active"), align: "end", cell: (one) => told(one.active) },
        ]}
      />
      {data.curve.length > 1 && <Curve points={data.curve} />}
    </section>
  );
}

/** Drawn from the first day told to the last; its figures are its name. */
function Curve({ points }: { readonly points: CohortProgress["curve"] }) {
  const t = useTranslations("waves");
  const day = useDay();
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const start = Date.parse(first.day);
  const span = Date.parse(last.day) - start || 1;
  const line = points.map(
    (point) => `${(100 * (Date.parse(point.day) - start)) / span},${40 - (40 * point.activated) / last.activated}`,
  );
  const label = t("curve", { from: day(first.day), to: day(last.day), count: last.activated });
  return (
    <figure>
      <svg viewBox="0 -1 100 42" preserveAspectRatio="none" role="img" aria-label={label} className={css("curve")}>
        <line x1="0" y1="40" x2="100" y2="40" className={css("axis")} />
        <polyline points={line.join(" ")} className={css("plot")} />
      </svg>
      <figcaption className={css("words")}>{label}</figcaption>
    </figure>
  );
}
