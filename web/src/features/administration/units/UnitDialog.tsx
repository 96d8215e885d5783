/** Makes a unit, under another or at the top; or changes its name, its code and its kind. */
import type { FormEvent } from "react";
import type { Unit } from "#/api/types";
import { useChangeUnit, useCreateUnit } from "#/api/units";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import sheet from "../administration.module.css";

const css = classes(sheet);

interface UnitDialogProps {
  /** The unit to change; a new one when null. */
  readonly unit: Unit | null;
  /** What the new one stands under; the top of the tree when null. */
  readonly parent: Unit | null;
  readonly onClose: () => void;
  readonly onDone: (id: string) => void;
}

export function UnitDialog({ unit, parent, onClose, onDone }: UnitDialogProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const create = useCreateUnit();
  const change = useChangeUnit();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    const { name, code, kind } = submitted<"name" | "code" | "kind">(event);
    const fields = { name: name.trim(), code: code.trim(), kind: kind.trim() };
    const onSuccess = (made: Unit) => {
      toast({ words: t(unit ? "units.changed" : "units.created", { name: made.name }) });
      onClose();
      onDone(made.id);
    };
    if (unit) change.mutate({ id: unit.id, ...fields }, { onSuccess });
    else create.mutate({ ...fields, parent_id: parent?.id ?? null }, { onSuccess });
  };
  const title = unit
    ? t("units.editTitle", { name: unit.name })
    : parent
      ? t("units.addTitle", { name: parent.name })
      : t("units.addRootTitle");
  const error = create.error ?? change.error;
  return (
    <Dialog isOpen onClose={onClose} title={title} closeLabel={t("shell.close")}>
      <form className={css("form")} onSubmit={onSubmit}>
        <Field
          label={t("units.name")}
          name="name"
          defaultValue={unit?.name}
          maxLength={200}
          autoComplete="off"
          autoFocus
          required
        />
        <Field
          label={t("units.code")}
          hint={t("units.codeHint")}
          name="code"
          defaultValue={unit?.code}
          maxLength={64}
          autoComplete="off"
          required
        />
        <Field
          label={t("units.kind")}
          hint={t("units.kindHint")}
          name="kind"
          defaultValue={unit?.kind}
          maxLength={60}
        />
        {error && <ErrorNotice error={error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={create.isPending || change.isPending}>
            {unit ? t("shell.save") : t("units.create")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
