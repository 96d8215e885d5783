/** Who read one's conversations, when and why: everything, and when nobody did, that too. */
import { useOwnReadings } from "#/api/readings";
import type { OwnReading } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Table } from "#/ui/Table";
import sheet from "./privacy.module.css";
import { useDay } from "./useDay";

const css = classes(sheet);

export function OwnReadings() {
  const t = useTranslations("readings");
  const { data, error, refetch } = useOwnReadings();
  return (
    <div className={css("block", "whole")}>
      <h3 className={css("sub")}>{t("ownTitle")}</h3>
      <p className={css("words")}>{t("ownWords")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && (
        <Table
          caption={t("ownTitle")}
          rows={data}
          rowKey={(one) => one.id}
          empty={t("ownNone")}
          isMarked={(one) => one.is_new}
          columns={[
            { name: t("scope"), heading: true, cell: (one) => <Scope reading={one} /> },
            { name: t("reason"), cell: (one) => <Reason reading={one} /> },
            { name: t("asked"), secondary: true, cell: (one) => one.requested_by ?? "—" },
            { name: t("approved"), secondary: true, cell: (one) => one.decided_by ?? "—" },
            { name: t("openings"), cell: (one) => <Openings reading={one} /> },
          ]}
        />
      )}
    </div>
  );
}

function Scope({ reading }: { readonly reading: OwnReading }) {
  const t = useTranslations("readings");
  const day = useDay();
  const { from_at, to_at } = reading;
  if (from_at === null || to_at === null) return t("ownOne");
  return t("ownPeriod", { from: day(from_at), to: day(to_at) });
}

function Reason({ reading }: { readonly reading: OwnReading }) {
  const t = useTranslations("readings");
  return (
    <>
      {t(`reasons.${reading.reason}`)}
      {reading.words !== null && <span className={css("under", "said")}>{reading.words}</span>}
    </>
  );
}

function Openings({ reading }: { readonly reading: OwnReading }) {
  const t = useTranslations("readings");
  const day = useDay();
  const last = reading.openings.at(-1);
  return (
    <>
      {t("opened", { count: reading.openings.length })}
      {last && <span className={css("under")}>{t("lastOpened", { date: day(last.opened_at) })}</span>}
    </>
  );
}
