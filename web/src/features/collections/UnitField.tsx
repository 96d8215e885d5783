/** Finds a unit by its name or code, among those where the person may share a base, or keep one. */
import { useState } from "react";
import { useCollectionUnits } from "#/api/collections";
import { useTranslations } from "#/i18n";
import { ComboBox } from "#/ui/ComboBox";
import { useSettled } from "#/ui/useSettled";

export interface UnitChoice {
  readonly id: string;
  readonly name: string;
}

interface UnitFieldProps {
  readonly purpose: "publish" | "curate";
  readonly label: string;
  readonly hint: string;
  readonly value: UnitChoice | null;
  readonly onChange: (unit: UnitChoice | null) => void;
}

export function UnitField({ purpose, label, hint, value, onChange }: UnitFieldProps) {
  const t = useTranslations("collections");
  const [words, setWords] = useState("");
  const { data = [] } = useCollectionUnits(purpose, useSettled(words.trim()));
  return (
    <ComboBox
      label={label}
      hint={hint}
      placeholder={t("pickPlaceholder")}
      openLabel={t("pickOpen")}
      empty={t("pickNone")}
      value={value}
      onChange={(id) => onChange(data.find((unit) => unit.id === id) ?? null)}
      choices={data}
      onWords={setWords}
    />
  );
}
