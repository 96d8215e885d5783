/** One rule: what the claim must be, and what that gives. */
import { useState } from "react";
import type { ClaimRule } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, ChoiceField, Field, LinesField } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import sheet from "../administration.module.css";

const css = classes(sheet);
const OPERATORS = ["equals", "contains", "prefix", "one_of", "present"] as const;

interface RuleDialogProps {
  readonly rule: ClaimRule | null;
  readonly position: number;
  readonly onKeep: (rule: ClaimRule) => void;
  readonly onClose: () => void;
}

export function RuleDialog({ rule, position, onKeep, onClose }: RuleDialogProps) {
  const t = useTranslations();
  const [operator, setOperator] = useState<ClaimRule["operator"]>(rule?.operator ?? "equals");
  const [takesUnit, setTakesUnit] = useState(rule?.takes_unit_from_claim ?? false);
  const [role, setRole] = useState(rule?.role_code ?? "");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("signIn.rule", { position: String(position) })}
      closeLabel={t("shell.close")}
      wide
    >
      <form
        className={css("form")}
        onSubmit={(event) => {
          const fields = submitted<"claim" | "values" | "unit_code">(event);
          onKeep({
            claim: fields.claim.trim(),
            operator,
            values: (fields.values ?? "").split("\n").filter((value) => value.trim() !== ""),
            unit_code: takesUnit ? null : fields.unit_code?.trim() || null,
            takes_unit_from_claim: takesUnit,
            role_code: role.trim() || null,
          });
          onClose();
        }}
      >
        <div className={css("pair")}>
          <Field
            label={t("signIn.claim")}
            hint={t("signIn.claimHint")}
            name="claim"
            defaultValue={rule?.claim}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            autoFocus
            required
          />
          <ChoiceField
            label={t("signIn.operator")}
            value={operator}
            options={OPERATORS.map((one) => [one, t(`signIn.operators.${one}`)] as const)}
            onChange={(event) => setOperator(OPERATORS.find((one) => one === event.currentTarget.value) ?? "equals")}
          />
        </div>
        {operator !== "present" && (
          <LinesField
            label={t("signIn.values")}
            hint={t("signIn.valuesHint")}
            name="values"
            defaultValue={rule?.values?.join("\n")}
            rows={operator === "one_of" ? 8 : 2}
            required
          />
        )}
        <fieldset className={css("form")}>
          <legend className={css("legend")}>{t("signIn.gives")}</legend>
          <Check
            label={t("signIn.takesUnit")}
            hint={t("signIn.takesUnitHint")}
            checked={takesUnit}
            onChange={(event) => setTakesUnit(event.currentTarget.checked)}
          />
          <div className={css("pair")}>
            {!takesUnit && (
              <Field
                label={t("signIn.unitCode")}
                hint={t("signIn.unitCodeHint")}
                name="unit_code"
                defaultValue={rule?.unit_code ?? ""}
                maxLength={200}
                autoComplete="off"
                required={role.trim() === ""}
              />
            )}
            <Field
              label={t("signIn.roleCode")}
              hint={t("signIn.roleHint")}
              value={role}
              onChange={(event) => setRole(event.currentTarget.value)}
              maxLength={200}
              autoComplete="off"
            />
          </div>
        </fieldset>
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary">
            {t("shell.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
