/** What I contested and reported, and what was answered. */
import { useOwnReports } from "#/api/reports";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Table } from "#/ui/Table";

export function OwnReports() {
  const t = useTranslations("reports");
  const format = useFormatter();
  const { data, error, refetch } = useOwnReports();
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data || data.items.length === 0) return null;
  return (
    <Table
      caption={t("own")}
      rows={data.items}
      rowKey={(one) => one.id}
      empty={t("none")}
      columns={[
        { name: t("words"), heading: true, cell: (one) => one.words },
        { name: t("made"), cell: (one) => format.dateTime(new Date(one.created_at), { dateStyle: "medium" }) },
        { name: t("state"), cell: (one) => t(`states.${one.state}`) },
        { name: t("answer"), cell: (one) => one.answer ?? "" },
      ]}
    />
  );
}
