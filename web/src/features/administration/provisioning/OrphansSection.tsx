/** Persons who may sign in although their directory says otherwise. */
import { Download } from "lucide-react";
import { orphansAddress, useOrphans } from "#/api/directories";
import type { Directory } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { useWhen } from "../persons/useWhen";

const css = classes(sheet);

export function OrphansSection({ directory }: { readonly directory: Directory }) {
  const t = useTranslations("provisioning");
  const when = useWhen();
  const orphans = useOrphans(directory.id);
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
      {orphans.data && (
        <Table
          caption={t("orphans")}
          rows={orphans.data.pages.flatMap((page) => page.items)}
          rowKey={({ id }) => id}
          empty={t("noOrphan")}
          columns={[
            { name: t("person"), heading: true, cell: (one) => one.name },
            { under: true, name: t("email"), cell: (one) => one.email },
            { under: true, name: t("subject"), cell: (one) => one.subject },
            { name: t("reason"), cell: (one) => t(`reasons.${one.reason}`) },
            {
              under: true,
              name: t("lastSeen"),
              cell: (one) => (one.last_seen_at ? when(one.last_seen_at) : t("never")),
            },
          ]}
        />
      )}
      {orphans.hasNextPage && (
        <Button isDisabled={orphans.isFetchingNextPage} onPress={() => void orphans.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </section>
  );
}
