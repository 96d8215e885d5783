/** The boxes that choose one person, or all those shown. */

import type { ListedPerson } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "../administration.module.css";
import type { Selection } from "./useSelection";

const css = classes(sheet);

interface SelectOneProps {
  readonly person: ListedPerson;
  readonly selection: Selection;
}

export function SelectOne({ person, selection }: SelectOneProps) {
  const t = useTranslations("persons");
  return (
    <label className={css("selectBox")}>
      <input
        type="checkbox"
        aria-label={t("selectOne", { name: person.name })}
        checked={selection.has(person)}
        onChange={(event) => selection.set([person], event.target.checked)}
      />
    </label>
  );
}

interface SelectAllProps {
  readonly persons: readonly ListedPerson[];
  readonly selection: Selection;
}

export function SelectAll({ persons, selection }: SelectAllProps) {
  const t = useTranslations("persons");
  const chosen = persons.filter(selection.has).length;
  return (
    <label className={css("selectBox")}>
      <input
        type="checkbox"
        aria-label={t("selectAll")}
        checked={chosen > 0 && chosen === persons.length}
        ref={(box) => {
          if (box) box.indeterminate = chosen > 0 && chosen < persons.length;
        }}
        onChange={(event) => selection.set(persons, event.target.checked)}
      />
    </label>
  );
}
