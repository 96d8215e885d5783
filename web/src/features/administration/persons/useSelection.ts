/** The persons chosen in the list; those chosen stay so while one looks for others. */
import { useState } from "react";
import type { ListedPerson } from "#/api/types";

export interface Selection {
  readonly persons: readonly ListedPerson[];
  readonly has: (person: ListedPerson) => boolean;
  readonly set: (persons: readonly ListedPerson[], chosen: boolean) => void;
  readonly clear: () => void;
}

export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, ListedPerson>>(new Map());
  return {
    persons: [...chosen.values()],
    has: ({ id }) => chosen.has(id),
    set: (persons, wanted) => {
      const next = new Map(chosen);
      for (const person of persons) {
        if (wanted) next.set(person.id, person);
        else next.delete(person.id);
      }
      setChosen(next);
    },
    clear: () => setChosen(new Map()),
  };
}
