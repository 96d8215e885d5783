/** Declares a place, or changes it. What it holds to enter there is written, never shown again. */
import { useState } from "react";
import { useSavePlace } from "#/api/followed";
import { useHeld } from "#/api/sessions";
import type { Place } from "#/api/types";
import { useUnitChoices } from "#/api/units";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { ComboBox } from "#/ui/ComboBox";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, ChoiceField, Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import { useSettled } from "#/ui/useSettled";
import sheet from "../administration.module.css";
import { CredentialFields } from "./CredentialFields";
import { DeclaredFields } from "./DeclaredFields";
import { KINDS, type Kind, type PlaceFieldName, readPlace } from "./readPlace";

const css = classes(sheet);

interface PlaceDialogProps {
  readonly place: Place | null;
  readonly onClose: () => void;
}

export function PlaceDialog({ place, onClose }: PlaceDialogProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const everywhere = useHeld().everywhere("places.manage");
  const save = useSavePlace(place?.id ?? null);
  const [kind, setKind] = useState<Kind>(place?.declared.kind ?? "folder");
  const [unit, setUnit] = useState<string | null>(null);
  const onSuccess = () => {
    onClose();
    toast({ words: t("places.saved") });
  };
  const title = place ? t("places.editTitle", { name: place.name }) : t("places.add");
  return (
    <Dialog isOpen wide onClose={onClose} title={title} closeLabel={t("shell.close")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          const read = readPlace(kind, place?.declared ?? null, submitted<PlaceFieldName>(event));
          save.mutate(place ? read : { ...read, unit_id: unit }, { onSuccess });
        }}
      >
        <div className={css("pair")}>
          <Field
            label={t("places.name")}
            hint={t("places.nameHint")}
            name="name"
            defaultValue={place?.name}
            maxLength={200}
            autoComplete="off"
            required
          />
          {!place && (
            <ChoiceField
              label={t("places.kind")}
              value={kind}
              onChange={(event) => setKind(event.target.value as Kind)}
              options={KINDS.map((one) => [one, t(`places.kinds.${one}`)])}
            />
          )}
        </div>
        {!place && <UnitField everywhere={everywhere} value={unit} onChange={setUnit} />}
        <DeclaredFields key={kind} kind={kind} declared={place?.declared ?? null} />
        <CredentialFields key={`${kind} credential`} kind={kind} kept={place?.has_credential === true} />
        <Check
          label={t("places.rights")}
          hint={t("places.rightsHint")}
          name="rights_required"
          defaultChecked={place?.rights_required}
        />
        {save.error && <ErrorNotice error={save.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button
            type="submit"
            look="primary"
            busy={save.isPending}
            isDisabled={!(place || everywhere) && unit === null}
          >
            {t("shell.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

interface UnitFieldProps {
  readonly everywhere: boolean;
  readonly value: string | null;
  readonly onChange: (unit: string | null) => void;
}

/** The unit that a place is for; only who manages places everywhere declares one for all. */
function UnitField({ everywhere, value, onChange }: UnitFieldProps) {
  const t = useTranslations();
  const [words, setWords] = useState("");
  const { data = [] } = useUnitChoices(useSettled(words.trim()));
  const choices = data.map(({ id, path }) => ({ id, name: path.join(" › ") }));
  return (
    <ComboBox
      label={t("places.unit")}
      {...(everywhere && { hint: t("places.everybodyHint") })}
      placeholder={t("places.searchUnit")}
      openLabel={t("collections.pickOpen")}
      empty={t("collections.pickNone")}
      value={choices.find(({ id }) => id === value) ?? null}
      onChange={onChange}
      choices={choices}
      onWords={setWords}
    />
  );
}
