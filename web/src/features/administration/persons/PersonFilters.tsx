/** Which persons to list: words, unit, role, state. */
import { useEffect, useState } from "react";
import { useRoles } from "#/api/roles";
import type { PersonState, Unit } from "#/api/types";
import { useUnit } from "#/api/units";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { ChoiceField, Field } from "#/ui/Field";
import { useSettled } from "#/ui/useSettled";
import sheet from "../administration.module.css";
import { useRoleName } from "../roles/rightWords";
import { UnitPicker } from "../units/UnitPicker";
import type { Filters } from "./filters";

const css = classes(sheet);

interface PersonFiltersProps {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

export function PersonFilters({ filters, onChange }: PersonFiltersProps) {
  const t = useTranslations();
  const words = useWords(filters, onChange);
  const unit = useUnit(filters.unit ?? null);
  const { unit: _unit, ...withoutUnit } = filters;
  const { role: _role, ...withoutRole } = filters;
  const roleName = useRoleName();
  // What everybody holds tells nobody apart.
  const given = useRoles().data?.items.filter(({ is_default }) => !is_default) ?? [];
  const { state: _state, ...withoutState } = filters;
  const choose = (one: Unit | null) => onChange(one ? { ...filters, unit: one.id } : withoutUnit);
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not known to every screen reader yet.
    <div role="search" aria-label={t("persons.filters")} className={css("filters")}>
      <Field
        label={t("administration.searchPersons")}
        type="text"
        autoComplete="off"
        value={words.typed}
        onChange={(event) => words.type(event.target.value)}
      />
      <UnitPicker label={t("persons.inUnit")} value={filters.unit ? (unit.data ?? null) : null} onChange={choose} />
      <ChoiceField
        label={t("administration.role")}
        value={filters.role ?? ""}
        onChange={({ target }) => onChange(target.value === "" ? withoutRole : { ...filters, role: target.value })}
        options={[["", t("persons.anyRole")], ...given.map((one) => [one.id, roleName(one)] as const)]}
      />
      <ChoiceField
        label={t("administration.state")}
        value={filters.state ?? ""}
        onChange={({ target }) =>
          onChange(target.value === "" ? withoutState : { ...filters, state: target.value as PersonState })
        }
        options={[
          ["", t("persons.anyState")],
          ["active", t("administration.personStates.active")],
          ["disabled", t("administration.personStates.disabled")],
        ]}
      />
    </div>
  );
}

/** What is typed shows at once; the address, and so the server, follows when it settles. */
function useWords(filters: Filters, onChange: (filters: Filters) => void) {
  const [typed, type] = useState(filters.q ?? "");
  const settled = useSettled(typed.trim(), 250);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the address.
  useEffect(() => {
    const { q = "", ...others } = filters;
    if (settled !== q) onChange(settled === "" ? others : { ...others, q: settled });
  }, [settled]);
  return { typed, type };
}
