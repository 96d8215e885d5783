/** Finds one unit among thousands, by its name or code; the place of each is said, for names are not unique. */
import { useState } from "react";
import type { Unit } from "#/api/types";
import { useUnitChoices } from "#/api/units";
import { useTranslations } from "#/i18n";
import { ComboBox } from "#/ui/ComboBox";
import { useSettled } from "#/ui/useSettled";
import { placeOf } from "./place";

interface UnitPickerProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: Unit | null;
  readonly onChange: (unit: Unit | null) => void;
  /** Why a unit cannot be chosen; null when it can. */
  readonly refuse?: (unit: Unit) => string | null;
  readonly autoFocus?: boolean;
}

export function UnitPicker({ label, hint, value, onChange, refuse, autoFocus = false }: UnitPickerProps) {
  const t = useTranslations("units");
  const [words, setWords] = useState("");
  const found = useUnitChoices(useSettled(words.trim()));
  const units = found.data ?? [];
  return (
    <ComboBox
      label={label}
      {...(hint === undefined ? {} : { hint })}
      placeholder={t("pickPlaceholder")}
      openLabel={t("pickOpen")}
      empty={found.isPending ? t("pickSearching") : t("pickNone")}
      value={value && { id: value.id, name: value.name }}
      onChange={(id) => onChange(units.find((unit) => unit.id === id) ?? null)}
      choices={units.map((unit) => ({
        id: unit.id,
        name: unit.name,
        place: placeOf(unit),
        why: refuse?.(unit) ?? null,
      }))}
      onWords={setWords}
      autoFocus={autoFocus}
    />
  );
}
