/** Prepares a wave, or changes one: its name, its places, its dates. */
import { useState } from "react";
import { type Cohort, useChangeCohort, useCreateCohort } from "#/api/waves";
import { UnitPicker } from "#/features/charter/UnitPicker";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import sheet from "./waves.module.css";

const css = classes(sheet);
const DAY = 86_400_000;

interface CohortDialogProps {
  readonly cohort?: Cohort;
  readonly onClose: () => void;
}

export function CohortDialog({ cohort, onClose }: CohortDialogProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const create = useCreateCohort();
  const change = useChangeCohort(cohort?.id ?? "");
  const [unit, setUnit] = useState<{ readonly id: string; readonly name: string } | null>(null);
  const done = () => {
    if (cohort) toast({ words: t("waves.changed") });
    onClose();
  };
  const error = create.error ?? change.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={cohort ? t("waves.change") : t("waves.create")}
      closeLabel={t("shell.close")}
    >
      <form
        className={css("form")}
        onSubmit={(event) => {
          const { capacity, ...fields } = submitted<"name" | "capacity" | "opens_on" | "closes_on">(event);
          const body = { ...fields, capacity: Number(capacity) };
          if (cohort) change.mutate(body, { onSuccess: done });
          else create.mutate({ ...body, unit_id: unit?.id ?? null }, { onSuccess: done });
        }}
      >
        <Field
          label={t("waves.name")}
          hint={t("waves.nameHint")}
          name="name"
          maxLength={120}
          defaultValue={cohort?.name}
          autoComplete="off"
          autoFocus
          required
        />
        <Field
          label={t("waves.capacity")}
          name="capacity"
          type="number"
          min={1}
          max={1_000_000}
          defaultValue={cohort?.capacity ?? 50}
          required
        />
        <div className={css("pair")}>
          <Field
            label={t("waves.opensOn")}
            name="opens_on"
            type="date"
            defaultValue={cohort?.opens_on ?? dayAfter(0)}
            required
          />
          <Field
            label={t("waves.closesOn")}
            name="closes_on"
            type="date"
            defaultValue={cohort?.closes_on ?? dayAfter(30)}
            required
          />
        </div>
        {!cohort &&
          (unit ? (
            <div className={css("actions")}>
              <p>{t("waves.chosenUnit", { name: unit.name })}</p>
              <Button small onPress={() => setUnit(null)}>
                {t("waves.forgetUnit")}
              </Button>
            </div>
          ) : (
            <UnitPicker label={t("waves.chooseUnit")} onChoose={setUnit} />
          ))}
        {error && <ErrorNotice error={error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={create.isPending || change.isPending}>
            {cohort ? t("waves.save") : t("waves.create")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

function dayAfter(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}
