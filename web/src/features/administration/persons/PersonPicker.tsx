/** Finds one person among very many, by the beginnings of their names or address. */
import { useState } from "react";
import { usePersons } from "#/api/persons";
import type { ListedPerson } from "#/api/types";
import { useTranslations } from "#/i18n";
import { ComboBox } from "#/ui/ComboBox";
import { useSettled } from "#/ui/useSettled";

interface PersonPickerProps {
  readonly value: ListedPerson | null;
  readonly onChange: (person: ListedPerson | null) => void;
}

export function PersonPicker({ value, onChange }: PersonPickerProps) {
  const t = useTranslations("persons");
  const [words, setWords] = useState("");
  const found = usePersons({ words: useSettled(words.trim()), unit: null, state: null });
  const persons = found.data?.pages[0]?.items ?? [];
  return (
    <ComboBox
      label={t("person")}
      placeholder={t("pickPlaceholder")}
      openLabel={t("pickOpen")}
      empty={t("none")}
      value={value && { id: value.id, name: value.name }}
      onChange={(id) => onChange(persons.find((person) => person.id === id) ?? null)}
      choices={persons.map(({ id, name, email, unit }) => ({
        id,
        name,
        place: [email, unit?.name].filter(Boolean).join(" · "),
      }))}
      onWords={setWords}
      autoFocus
    />
  );
}
