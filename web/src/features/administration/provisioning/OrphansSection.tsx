/** Persons who may sign in although their directory says otherwise. */
import { Download } from "lucide-react";
import { type OrphanOrder, orphansAddress, useOrphans } from "#/api/directories";
import type { Directory } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { ListMore, ListSearch, useListOrder, useListWords } from "../ListSearch";
import { useWhen } from "../persons/useWhen";

const css = classes(sheet);

export function OrphansSection({ directory }: { readonly directory: Directory }) {
  const t = useTranslations("provisioning");
  const whole = useTranslations("administration");
  const when = useWhen();
  const words = useListWords();
  const { by, order } = useListOrder<OrphanOrder>("name");
  const orphans = useOrphans(directory.id, words.settled, by);
  const total = orphans.data?.pages[0]?.total ?? 0;
  return (
    <section className={css("section")} aria-labelledby="orphans-title">
      <div className={css("head")}>
        <h2 id="orphans-title" className={css("title")}>
          {t("orphans")}
        </h2>
        {total > 0 && (
          <a className={css("link")} href={orphansAddress(directory.id)} download>
            <Download aria-hidden="true" className={css("stateIcon")} />
            {t("download")}
          </a>
        )}
      </div>
      <p className={css("words")}>{t("orphansWords")}</p>
      {orphans.error && <ErrorNotice error={orphans.error} onRetry={() => void orphans.refetch()} />}
      <ListSearch label={t("searchOrphan")} words={words} more={orphans.hasNextPage} />
      {orphans.data && (
        <Table
          caption={t("orphans")}
          order={order}
          rows={orphans.data.pages.flatMap((page) => page.items)}
          rowKey={({ id }) => id}
          empty={words.settled === "" ? t("noOrphan") : whole("noneFound")}
          columns={[
            { order: "name", name: t("person"), heading: true, cell: (one) => one.name },
            { order: "email", under: true, name: t("email"), cell: (one) => one.email },
            { under: true, name: t("subject"), cell: (one) => one.subject },
            { order: "reason", name: t("reason"), cell: (one) => t(`reasons.${one.reason}`) },
            {
              order: "last_seen",
              under: true,
              name: t("lastSeen"),
              cell: (one) => (one.last_seen_at ? when(one.last_seen_at) : t("never")),
            },
          ]}
        />
      )}
      <ListMore list={orphans} />
    </section>
  );
}
