/** Keys of units' applications, for whoever manages keys there. */
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { type KeyOrder, useUnitKeys } from "#/api/keys";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { KeyDialog } from "#/features/keys/KeyDialog";
import { KeysTable } from "#/features/keys/KeysTable";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./administration.module.css";
import { ListSearch, useListOrder, useListWords } from "./ListSearch";

const css = classes(sheet);

export function KeysAdministration() {
  const t = useTranslations();
  const words = useListWords();
  const { by, order } = useListOrder<KeyOrder>("-made");
  const keys = useUnitKeys(words.settled, by);
  const [making, setMaking] = useState(false);
  const longest = keys.data?.pages[0]?.longest_days;
  return (
    <section className={css("section")} aria-labelledby="keys-title">
      <div className={css("head")}>
        <h2 id="keys-title" className={css("title")}>
          {t("administration.sections.keys")}
        </h2>
        <Button look="primary" icon={KeyRound} isDisabled={longest === undefined} onPress={() => setMaking(true)}>
          {t("keys.make")}
        </Button>
      </div>
      <p className={css("words")}>{t("keys.unitWords")}</p>
      {keys.error && <ErrorNotice error={keys.error} onRetry={() => void keys.refetch()} />}
      <ListSearch label={t("keys.search")} words={words} more={keys.hasNextPage} />
      {keys.data && (
        <KeysTable
          ofUnits
          order={order}
          none={words.settled !== "" && t("administration.noneFound")}
          keys={keys.data.pages.flatMap((page) => page.items)}
        />
      )}
      {keys.hasNextPage && (
        <Button isDisabled={keys.isFetchingNextPage} onPress={() => void keys.fetchNextPage()}>
          {t("keys.more")}
        </Button>
      )}
      {making && longest !== undefined && <KeyDialog forUnit longestDays={longest} onClose={() => setMaking(false)} />}
    </section>
  );
}
