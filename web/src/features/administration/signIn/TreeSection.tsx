/** Reads units or persons from a directory: tried, told line by line, then applied whole; and who is gone from it. */
import { Download } from "lucide-react";
import { useState } from "react";
import { type GoneOrder, goneAddress, useGonePersons, useReadTree } from "#/api/ldap";
import type { ImportReport, Provider } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { Report } from "../imports/Report";
import { ListMore, ListSearch, useListOrder, useListWords } from "../ListSearch";
import { useProviderName } from "./ProvidersTable";

const css = classes(sheet);

export function TreeSection({ provider }: { readonly provider: Provider }) {
  const t = useTranslations("ldap");
  const name = useProviderName()(provider);
  const read = useReadTree(provider.id);
  const { toast } = useLive();
  const report = read.data?.report;
  const count = report ? report.created + report.moved + report.changed : 0;
  const send = (kind: ImportReport["kind"], apply: boolean) =>
    read.mutate(
      { kind, apply },
      { onSuccess: (done) => (done.report.applied ? toast({ words: t("done", { count }) }) : undefined) },
    );
  return (
    <section className={css("section")} aria-labelledby="tree-title">
      <h2 id="tree-title" className={css("title")}>
        {t("read", { name })}
      </h2>
      <p className={css("words")}>{t("readWords")}</p>
      <div className={css("buttons")}>
        <Button busy={read.isPending && read.variables.kind === "units"} onPress={() => send("units", false)}>
          {t("tryUnits")}
        </Button>
        <Button busy={read.isPending && read.variables.kind === "persons"} onPress={() => send("persons", false)}>
          {t("tryPersons")}
        </Button>
      </div>
      {read.error && <ErrorNotice error={read.error} />}
      {read.data && report && !report.applied && (
        <>
          <Report report={report} entries={read.data.entries} />
          <Button
            look="primary"
            busy={read.isPending}
            isDisabled={report.refused > 0 || count === 0}
            onPress={() => send(report.kind, true)}
          >
            {t("apply", { count })}
          </Button>
        </>
      )}
      <Gone provider={provider} />
    </section>
  );
}

function Gone({ provider }: { readonly provider: Provider }) {
  const t = useTranslations();
  const [comparison, setComparison] = useState(0);
  const words = useListWords(800);
  const { by, order } = useListOrder<GoneOrder>("name");
  const gone = useGonePersons(provider.id, comparison, words.settled, by);
  const total = gone.data?.pages[0]?.total;
  const searched = words.settled !== "";
  return (
    <section className={css("section")} aria-labelledby="gone-title">
      <div className={css("head")}>
        <h3 id="gone-title" className={css("subtitle")}>
          {t("ldap.gone")}
        </h3>
        <Button busy={gone.isFetching} onPress={() => setComparison(comparison + 1)}>
          {t("ldap.compare")}
        </Button>
      </div>
      <p className={css("words")}>{t("ldap.goneWords")}</p>
      {gone.error && <ErrorNotice error={gone.error} />}
      <p aria-live="polite">{total !== undefined && t("ldap.goneCount", { count: total })}</p>
      {gone.data && (searched || total !== 0) && (
        <>
          <ListSearch label={t("provisioning.searchOrphan")} words={words} more={gone.hasNextPage} />
          <a className={css("link")} href={goneAddress(provider.id)} download>
            <Download aria-hidden="true" className={css("stateIcon")} />
            {t("provisioning.download")}
          </a>
          <Table
            caption={t("ldap.gone")}
            order={order}
            rows={gone.data.pages.flatMap((page) => page.items)}
            rowKey={({ id }) => id}
            empty={searched ? t("administration.noneFound") : ""}
            columns={[
              { order: "name", name: t("provisioning.person"), heading: true, cell: (one) => one.name },
              { order: "email", name: t("provisioning.email"), cell: (one) => one.email },
              { name: t("provisioning.subject"), cell: (one) => one.subject },
              {
                order: "reason",
                name: t("provisioning.reason"),
                cell: (one) => t(`provisioning.reasons.${one.reason}`),
              },
            ]}
          />
          <ListMore list={gone} />
        </>
      )}
    </section>
  );
}
