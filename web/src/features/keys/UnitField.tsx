/** Which unit's application a key is for: found by the beginning of its name, among those where one manages keys. */
import { useState } from "react";
import { useKeyUnits } from "#/api/keys";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { ChoiceField, Field } from "#/ui/Field";
import { useSettled } from "#/ui/useSettled";

export function UnitField() {
  const t = useTranslations("keys");
  const [words, setWords] = useState("");
  const { data: units, error } = useKeyUnits(useSettled(words.trim()));
  if (error) return <ErrorNotice error={error} />;
  return (
    <>
      <Field
        label={t("findUnit")}
        autoComplete="off"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <ChoiceField
        label={t("unit")}
        name="unit_id"
        required
        options={
          units?.length
            ? units.map((unit) => [unit.id, `${unit.name} (${unit.code})`])
            : [["", t(units ? "noUnit" : "searchingUnit")]]
        }
      />
    </>
  );
}
