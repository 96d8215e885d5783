/** Sets a quota, or changes the amount of one and what happens at its end. */
import { useState } from "react";
import { useModels } from "#/api/models";
import { useSaveQuota } from "#/api/quotas";
import type { Quota } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { ChoiceField, Field } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import { PersonField, UnitField } from "./HolderFields";
import { useHolderWords } from "./QuotasTable";
import sheet from "./quotas.module.css";
import {
  HOLDERS,
  type HolderChoice,
  MEASURES,
  MODES,
  PERIODS,
  type QuotaFieldName,
  readChange,
  readQuota,
} from "./readQuota";

const css = classes(sheet);

export function QuotaDialog({ quota, onClose }: { readonly quota: Quota | null; readonly onClose: () => void }) {
  const t = useTranslations();
  const save = useSaveQuota(quota?.id ?? null);
  const holder = useHolderWords();
  return (
    <Dialog isOpen onClose={onClose} title={quota ? holder(quota) : t("quotas.add")} closeLabel={t("shell.close")} wide>
      <form
        className={css("form")}
        onSubmit={(event) => {
          const fields = submitted<QuotaFieldName>(event);
          save.mutate(quota ? readChange(fields) : readQuota(fields), { onSuccess: onClose });
        }}
      >
        {!quota && <Holder />}
        <div className={css("pair")}>
          {!quota && <Counted />}
          <Field
            label={t("quotas.amount")}
            {...(quota && {
              hint: `${t(`quotas.measures.${quota.measure}`)} · ${t(`quotas.periods.${quota.period}`)}`,
            })}
            name="amount"
            type="number"
            min={0}
            step="any"
            defaultValue={quota?.amount}
            required
          />
        </div>
        <End quota={quota} />
        {save.error && <ErrorNotice error={save.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            {t("shell.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

/** Whom it limits. */
function Holder() {
  const t = useTranslations("quotas");
  const [holder, setHolder] = useState<HolderChoice>("everyone");
  return (
    <>
      <ChoiceField
        label={t("holder")}
        name="holder"
        value={holder}
        onChange={(event) => setHolder(event.target.value as HolderChoice)}
        options={HOLDERS.map((one) => [one, t(`choices.${one}`)])}
      />
      {holder === "person" && <PersonField />}
      {holder !== "everyone" && <UnitField required={holder !== "person"} />}
    </>
  );
}

/** What it counts. */
function Counted() {
  const t = useTranslations("quotas");
  const { data: models } = useModels();
  return (
    <>
      <ChoiceField
        label={t("model")}
        name="model_id"
        options={[["", t("everyModel")], ...(models ?? []).map((one) => [one.id, one.display_name] as const)]}
      />
      <ChoiceField label={t("measure")} name="measure" options={MEASURES.map((one) => [one, t(`measures.${one}`)])} />
      <ChoiceField label={t("period")} name="period" options={PERIODS.map((one) => [one, t(`periods.${one}`)])} />
    </>
  );
}

/** What happens when nothing is left. */
function End({ quota }: { readonly quota: Quota | null }) {
  const t = useTranslations("quotas");
  const { data: models } = useModels();
  const [mode, setMode] = useState(quota?.mode ?? "hard");
  return (
    <div className={css("pair")}>
      <ChoiceField
        label={t("mode")}
        name="mode"
        value={mode}
        onChange={(event) => setMode(event.target.value as typeof mode)}
        options={MODES.map((one) => [one, t(`modes.${one}`)])}
      />
      {mode === "degrade" && (
        <ChoiceField
          label={t("smaller")}
          name="smaller_model"
          defaultValue={quota?.smaller_model ?? undefined}
          options={(models ?? []).map((one) => [one.id, one.display_name])}
        />
      )}
    </div>
  );
}
