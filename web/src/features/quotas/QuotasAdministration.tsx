/** The quotas that one manages: set, changed, lifted; and the costs of the units that one may see. */
import { Plus } from "lucide-react";
import { useState } from "react";
import { type QuotaOrder, useQuotas } from "#/api/quotas";
import { useRights } from "#/api/sessions";
import type { Quota } from "#/api/types";
import { ListSearch, useListOrder, useListWords } from "#/features/administration/ListSearch";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { CostsAdministration } from "#/features/usage/CostsAdministration";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { QuotaDialog } from "./QuotaDialog";
import { QuotasTable } from "./QuotasTable";
import sheet from "./quotas.module.css";

const css = classes(sheet);
const LEAST = "5";

export function QuotasAdministration() {
  const t = useTranslations("usage");
  const rights = useRights();
  return (
    <>
      {rights.includes("quotas.manage") && <Quotas />}
      {rights.includes("usage.read") && (
        <section className={css("section")} aria-labelledby="costs-title">
          <h2 id="costs-title" className={css("title")}>
            {t("costs")}
          </h2>
          <p className={css("about")}>{t("costsWords", { least: LEAST })}</p>
          <CostsAdministration />
        </section>
      )}
    </>
  );
}

function Quotas() {
  const t = useTranslations("quotas");
  const [edited, setEdited] = useState<Quota | "new" | null>(null);
  const words = useListWords();
  const { by, order } = useListOrder<QuotaOrder>("holder");
  const { data, error, refetch, ...list } = useQuotas(words.settled, by);
  return (
    <section className={css("section")} aria-labelledby="quotas-title">
      <div className={css("head")}>
        <h2 id="quotas-title" className={css("title")}>
          {t("title")}
        </h2>
        <Button icon={Plus} onPress={() => setEdited("new")}>
          {t("add")}
        </Button>
      </div>
      <p className={css("about")}>{t("about")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      <ListSearch label={t("search")} words={words} more={list.hasNextPage} />
      {data && (
        <QuotasTable
          quotas={data.pages.flatMap((page) => page.items)}
          order={order}
          searched={words.settled !== ""}
          onEdit={setEdited}
        />
      )}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {edited && <QuotaDialog quota={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </section>
  );
}
