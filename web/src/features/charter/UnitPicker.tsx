/** Finds a unit among thousands, by its name or its code. */
import { useState } from "react";
import { useAdoptionUnits } from "#/api/adoptionUnits";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { useSettled } from "#/ui/useSettled";
import sheet from "./charter.module.css";

const css = classes(sheet);
const MOST = 8;

interface UnitPickerProps {
  readonly label: string;
  readonly onChoose: (unit: { readonly id: string; readonly name: string }) => void;
}

export function UnitPicker({ label, onChoose }: UnitPickerProps) {
  const t = useTranslations("charter");
  const [words, setWords] = useState("");
  const { data, error } = useAdoptionUnits(useSettled(words.trim()));
  return (
    <div className={css("pick")}>
      <Field
        label={label}
        hint={t("findUnitHint")}
        type="text"
        autoComplete="off"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {error && <ErrorNotice error={error} />}
      {data?.length === 0 && <p className={css("words")}>{t("noUnit")}</p>}
      <div className={css("actions")}>
        {data?.slice(0, MOST).map((unit) => (
          <Button key={unit.id} small onPress={() => onChoose(unit)}>
            {unit.name}
          </Button>
        ))}
      </div>
    </div>
  );
}
