/** How far a wave is: a table by unit, and the curve of accounts; nothing about fewer than five people. */
import { type CohortProgress, type ProgressOrder, useProgress } from "#/api/waves";
import { ListMore, ListSearch, useListOrder, useListWords } from "#/features/administration/ListSearch";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Table } from "#/ui/Table";
import { useDay } from "./WavesAdministration";
import sheet from "./waves.module.css";

const css = classes(sheet);

type Line = CohortProgress["total"] & { readonly id: string; readonly name: string };

export function Progress({ id }: { readonly id: string }) {
  const t = useTranslations("waves");
  const format = useFormatter();
  const whole = useTranslations("administration");
  const words = useListWords();
  const { by, order } = useListOrder<ProgressOrder>("unit");
  const { data, error, refetch, ...list } = useProgress(id, words.settled, by);
  const first = data?.pages[0];
  const failed = error && <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!first) return failed;
  const units = data.pages
    .flatMap((page) => page.units)
    .map<Line>((one) => ({ ...one, id: one.unit?.id ?? "none", name: one.unit?.name ?? t("unitUnknown") }));
  const total = { ...first.total, id: "total", name: t("total") };
  const rows = first.several && words.settled === "" ? [total, ...units] : units;
  const told = (count: number | null) => (count === null ? t("hidden") : format.number(count));
  return (
    <section className={css("section")} aria-labelledby="progress-title">
      <h3 id="progress-title" className={css("sub")}>
        {t("progress")}
      </h3>
      <p className={css("words")}>{t("progressWords")}</p>
      {failed}
      <ListSearch label={t("searchUnit")} words={words} more={list.hasNextPage} />
      <Table
        caption={t("progress")}
        order={order}
        rows={rows}
        rowKey={(one) => one.id}
        isMarked={(one) => one === total}
        empty={words.settled === "" ? t("noProgress") : whole("noneFound")}
        columns={[
          { order: "unit", name: t("unit"), heading: true, cell: (one) => one.name },
          { under: true, order: "invited", name: t("invited"), align: "end", cell: (one) => told(one.invited) },
          { order: "activated", name: t("activated"), align: "end", cell: (one) => told(one.activated) },
          { under: true, order: "active", name: t("active"), align: "end", cell: (one) => told(one.active) },
        ]}
      />
      <ListMore list={list} />
      {first.curve.length > 1 && <Curve points={first.curve} />}
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
