/** The rules of one unit, or of everybody: each field left empty adds nothing. */
import { useState } from "react";
import type { PolicyUnit, Unit } from "#/api/types";
import { UnitPicker } from "#/features/administration/units/UnitPicker";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useDeclaredLevels } from "#/features/inference/useDeclaredLevels";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, ChoiceField, Field } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import { MarkingsFields } from "./MarkingsFields";
import sheet from "./policies.module.css";
import { CATEGORIES, NAMES, rulesOf } from "./rules";

const css = classes(sheet);

interface RulesDialogProps {
  readonly unit: PolicyUnit | null;
  readonly models: readonly string[];
  readonly zones: readonly string[];
  readonly error: Error | null;
  readonly busy: boolean;
  readonly onSave: (unit: PolicyUnit) => void;
  readonly onClose: () => void;
}

type Names = "highest" | "lowest" | "only" | "never" | "names" | (typeof CATEGORIES)[number];

export function RulesDialog({ unit, models, zones, error, busy, onSave, onClose }: RulesDialogProps) {
  const t = useTranslations();
  const [chosen, setChosen] = useState<Unit | null>(null);
  const [everybody, setEverybody] = useState(false);
  const rules = unit?.rules;
  const declared = useDeclaredLevels();
  const levels = [
    ["", t("policies.asAbove")] as const,
    ...declared.map((one) => [one, t(`models.levels.${one}`)] as const),
  ];
  const title = unit ? unit.name || t("policies.everybody") : t("policies.add");
  return (
    <Dialog isOpen onClose={onClose} title={title} closeLabel={t("shell.close")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          const { highest, lowest, only, never, names, ...kept } = submitted<Names>(event);
          const read = rulesOf({ highest, lowest, only, never, names, kept });
          const id = unit ? unit.unit_id : everybody ? null : (chosen?.id ?? null);
          onSave({ unit_id: id, name: unit?.name ?? chosen?.name ?? "", rules: read });
        }}
      >
        {unit === null && (
          <Check
            label={t("policies.everybody")}
            checked={everybody}
            onChange={(event) => setEverybody(event.target.checked)}
          />
        )}
        {unit === null && !everybody && (
          <UnitPicker label={t("policies.unit")} hint={t("policies.unitHint")} value={chosen} onChange={setChosen} />
        )}
        <ChoiceField
          label={t("policies.kinds.highest_level")}
          name="highest"
          options={levels}
          defaultValue={rules?.highest_level ?? ""}
        />
        <ChoiceField
          label={t("policies.kinds.default_level")}
          name="lowest"
          options={levels}
          defaultValue={rules?.default_level ?? ""}
        />
        <Field
          label={t("policies.kinds.models_only")}
          hint={t("policies.among", { names: models.join(", ") })}
          name="only"
          defaultValue={rules?.models_only?.join(", ") ?? ""}
        />
        <Field
          label={t("policies.kinds.models_never")}
          hint={t("policies.among", { names: models.join(", ") })}
          name="never"
          defaultValue={rules?.models_never.join(", ") ?? ""}
        />
        <ChoiceField
          label={t("policies.kinds.names_required")}
          name="names"
          options={[["", t("policies.asAbove")], ...NAMES.map((one) => [one, t(`policies.names.${one}`)] as const)]}
          defaultValue={rules?.names ?? ""}
        />
        <fieldset className={css("set")}>
          <legend>{t("policies.kinds.kept_in")}</legend>
          <p className={css("about")}>{t("policies.among", { names: zones.join(", ") })}</p>
          {CATEGORIES.map((one) => (
            <Field
              key={one}
              label={t(`models.categories.${one}`)}
              name={one}
              defaultValue={rules?.kept_in?.[one]?.join(", ") ?? ""}
            />
          ))}
        </fieldset>
        {(everybody || unit?.unit_id === null) && <MarkingsFields markings={rules?.markings} />}
        {error && <ErrorNotice error={error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={busy} isDisabled={unit === null && !everybody && chosen === null}>
            {t("shell.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
