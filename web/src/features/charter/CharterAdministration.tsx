/** The charters that one publishes: those in force, how far they are accepted, and the way to write one. */
import { useState } from "react";
import { type CharterOrder, useCharters } from "#/api/charter";
import { ListMore, ListSearch, useListOrder, useListWords } from "#/features/administration/ListSearch";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import { CharterEditor } from "./CharterEditor";
import { CharterTable } from "./CharterTable";
import sheet from "./charter.module.css";
import { UnitPicker } from "./UnitPicker";

const css = classes(sheet);

export interface Scope {
  /** Null is the institution. */
  readonly id: string | null;
  readonly name: string;
}

export function CharterAdministration() {
  const t = useTranslations("charter");
  const words = useListWords();
  const { by, order } = useListOrder<CharterOrder>("unit");
  const { data, error, refetch, ...list } = useCharters(words.settled, by);
  const [scope, setScope] = useState<Scope | null>(null);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  if (scope) return <CharterEditor key={scope.id} scope={scope} onClose={() => setScope(null)} />;
  const whole = { id: null, name: t("institution") };
  return (
    <>
      <section className={css("section")} aria-labelledby="charters-title">
        <h2 id="charters-title" className={css("title")}>
          {t("inForce")}
        </h2>
        <p className={css("words")}>{t("inForceWords")}</p>
        {data.pages[0]?.is_unwritten && (
          <Notice
            meaning="caution"
            actions={
              <Button look="primary" onPress={() => setScope(whole)}>
                {t("reviewModel")}
              </Button>
            }
          >
            {t("propose")}
          </Notice>
        )}
        <ListSearch label={t("search")} words={words} more={list.hasNextPage} />
        <CharterTable
          items={data.pages.flatMap((page) => page.items)}
          order={order}
          searched={words.settled !== ""}
          onEdit={setScope}
        />
        <ListMore list={list} />
      </section>
      <section className={css("section")} aria-labelledby="unit-charter-title">
        <h2 id="unit-charter-title" className={css("title")}>
          {t("writeFor")}
        </h2>
        <UnitPicker label={t("findUnit")} onChoose={setScope} />
      </section>
    </>
  );
}
