/** Shares a base with somebody, or with a unit where one may publish; sharing again changes the part. */
import { useState } from "react";
import { useShare } from "#/api/collections";
import { useHeld } from "#/api/sessions";
import type { Part } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField, Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import sheet from "./collections.module.css";
import { type UnitChoice, UnitField } from "./UnitField";

const css = classes(sheet);

interface ShareFormProps {
  readonly collection: string;
  readonly parts: readonly Part[];
  /** Not of a closed base: persons are named one by one. */
  readonly toUnits: boolean;
}

export function ShareForm({ collection, parts, toUnits }: ShareFormProps) {
  const t = useTranslations("collections");
  const held = useHeld();
  const { toast } = useLive();
  const share = useShare(collection);
  const [kind, setKind] = useState<"person" | "unit">("person");
  const [email, setEmail] = useState("");
  const [unit, setUnit] = useState<UnitChoice | null>(null);
  const [part, setPart] = useState<Part>("reader");
  const holder = kind === "person" ? { email: email.trim() } : unit && { unit_id: unit.id };
  const onSuccess = ({ name }: { readonly name: string }) => {
    toast({ words: t("sharing.done", { name }) });
    setEmail("");
    setUnit(null);
  };
  return (
    <form
      className={css("form", "ruled")}
      onSubmit={(event) => {
        event.preventDefault();
        if (holder) share.mutate({ ...holder, part }, { onSuccess });
      }}
    >
      {toUnits && held.somewhere("documents.publish") && (
        <fieldset className={css("holders", "inline")}>
          <legend className={css("legend")}>{t("sharing.add")}</legend>
          {(["person", "unit"] as const).map((one) => (
            <label key={one} className={css("radio")}>
              <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
              {t(`sharing.kinds.${one}`)}
            </label>
          ))}
        </fieldset>
      )}
      <div className={css("pair")}>
        {kind === "person" ? (
          <Field
            label={t("sharing.email")}
            hint={t("sharing.emailHint")}
            type="email"
            autoComplete="off"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        ) : (
          <UnitField
            purpose="publish"
            label={t("sharing.unit")}
            hint={t("sharing.unitHint")}
            value={unit}
            onChange={setUnit}
          />
        )}
        <ChoiceField
          label={t("sharing.part")}
          value={part}
          onChange={(event) => setPart(event.target.value as Part)}
          options={parts.map((one) => [one, t(`parts.${one}`)])}
        />
      </div>
      {share.error && <ErrorNotice error={share.error} />}
      <div className={css("actions")}>
        <Button type="submit" look="primary" busy={share.isPending} isDisabled={kind === "unit" && unit === null}>
          {t("sharing.do")}
        </Button>
      </div>
    </form>
  );
}
