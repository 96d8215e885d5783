/** Puts the chosen persons in a wave; how many would enter, from which units, is said first. */
import { useState } from "react";
import { type Cohort, useChoose, useCohorts } from "#/api/waves";
import { ListSearch, useListWords } from "#/features/administration/ListSearch";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { ChoiceField } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import { Preview } from "./Preview";

const ENTERED: readonly Cohort["state"][] = ["prepared", "open"];

interface EnterDialogProps {
  readonly ids: readonly string[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function EnterDialog({ ids, onDone, onClose }: EnterDialogProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const words = useListWords();
  const list = useCohorts(words.settled, "-opens", ENTERED);
  const cohorts = list.data?.pages.flatMap((page) => page.items) ?? [];
  const [picked, setPicked] = useState("");
  const cohort = (cohorts.find(({ id }) => id === picked) ?? cohorts[0])?.id ?? "";
  const preview = useChoose();
  const choose = useChoose();
  const choice = { id: cohort, rule: "by_hand", ids: [...ids] } as const;
  const onSuccess = ({ count }: { readonly count: number }) => {
    toast({ words: t("waves.entered", { count }) });
    onDone();
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("waves.putInTitle", { count: ids.length })} closeLabel={t("shell.close")}>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      <ListSearch label={t("waves.searchWave")} words={words} more={list.hasNextPage} />
      {list.data && cohorts.length === 0 && (
        <Notice>{words.settled === "" ? t("waves.noWave") : t("administration.noneFound")}</Notice>
      )}
      {cohorts.length > 0 && (
        <ChoiceField
          label={t("waves.into")}
          options={cohorts.map(({ id, name }) => [id, name])}
          value={cohort}
          onChange={(event) => {
            setPicked(event.target.value);
            preview.reset();
          }}
        />
      )}
      <p>{t("waves.byHandConfirms")}</p>
      {preview.data && <Preview chosen={preview.data} />}
      {(choose.error ?? preview.error) && <ErrorNotice error={choose.error ?? preview.error} />}
      <DialogButtons>
        <Button
          isDisabled={cohort === ""}
          busy={preview.isPending}
          onPress={() => preview.mutate({ ...choice, preview: true })}
        >
          {t("waves.preview")}
        </Button>
        <Button
          look="primary"
          isDisabled={cohort === ""}
          busy={choose.isPending}
          onPress={() => choose.mutate(choice, { onSuccess })}
        >
          {t("waves.enter")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
