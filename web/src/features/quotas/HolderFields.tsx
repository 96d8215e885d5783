/** Whom a quota concerns: a unit or a person, found by a few letters, then chosen. */
import { useState } from "react";
import { usePersons } from "#/api/persons";
import { useUnitChoices } from "#/api/units";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { ChoiceField, Field } from "#/ui/Field";
import { useSettled } from "#/ui/useSettled";
import sheet from "./quotas.module.css";

const css = classes(sheet);

export function UnitField({ required }: { readonly required: boolean }) {
  const t = useTranslations("quotas");
  const [words, setWords] = useState("");
  const { data = [] } = useUnitChoices(useSettled(words.trim()));
  const found = data.map((unit) => [unit.id, unit.path.join(" › ")] as const);
  return (
    <div className={css("pair")}>
      <Field
        label={t("searchUnit")}
        value={words}
        autoComplete="off"
        onChange={(event) => setWords(event.target.value)}
      />
      <ChoiceField
        label={required ? t("unit") : t("unitOptional")}
        name="unit_id"
        required={required}
        options={required ? found : [["", t("noUnit")], ...found]}
      />
    </div>
  );
}

export function PersonField() {
  const t = useTranslations("quotas");
  const [words, setWords] = useState("");
  const { data } = usePersons({ words: useSettled(words.trim()), unit: null, state: null });
  const found = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={css("pair")}>
      <Field
        label={t("searchPerson")}
        value={words}
        autoComplete="off"
        onChange={(event) => setWords(event.target.value)}
      />
      <ChoiceField
        label={t("person")}
        name="person_id"
        required
        options={found.map((one) => [one.id, one.email ? `${one.name} (${one.email})` : one.name])}
      />
    </div>
  );
}
