/** Sets how long a kind is kept, in the institution or in a unit. */
import { useState } from "react";
import { useSetRetention } from "#/api/privacy";
import type { RetentionKind, Unit } from "#/api/types";
import { UnitPicker } from "#/features/administration/units/UnitPicker";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import sheet from "./privacy.module.css";

const css = classes(sheet);

export interface Edited {
  readonly kind: RetentionKind;
  readonly rule: RetentionKind["rules"][number] | null;
  readonly forUnit: boolean;
}

export function RetentionDialog({ edited, onClose }: { readonly edited: Edited; readonly onClose: () => void }) {
  const { kind, rule, forUnit } = edited;
  const t = useTranslations();
  const { toast } = useLive();
  const set = useSetRetention();
  const [unit, setUnit] = useState<Unit | null>(null);
  const choosing = forUnit && rule === null;
  const most = forUnit ? Math.min(kind.most, kind.days ?? kind.most) : kind.most;
  const where = rule?.unit_name ?? (forUnit ? null : t("privacy.institution"));
  const title = [t(`privacy.kinds.${kind.kind}`), where].filter(Boolean).join(" · ");
  return (
    <Dialog isOpen onClose={onClose} title={title} closeLabel={t("shell.close")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          const days = Number(submitted<"days">(event).days);
          set.mutate(
            { kind: kind.kind, unit_id: choosing ? (unit?.id ?? null) : (rule?.unit_id ?? null), days },
            {
              onSuccess: () => {
                toast({ words: t("privacy.saved") });
                onClose();
              },
            },
          );
        }}
      >
        {choosing && (
          <UnitPicker
            label={t("privacy.unit")}
            hint={t("privacy.unitHint")}
            value={unit}
            onChange={setUnit}
            autoFocus
          />
        )}
        <Field
          label={t("privacy.daysField")}
          hint={`${t("privacy.bounds", { least: kind.least, most })} ${t("privacy.shorterNow")}`}
          name="days"
          type="number"
          inputMode="numeric"
          min={kind.least}
          max={most}
          defaultValue={rule?.days ?? kind.days ?? ""}
          required
        />
        {set.error && <ErrorNotice error={set.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={set.isPending || (choosing && unit === null)}>
            {t("shell.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
