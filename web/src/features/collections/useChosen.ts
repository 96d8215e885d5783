/** The documents chosen in the list; those chosen stay so while one looks elsewhere in the base. */
import { useState } from "react";
import type { Doc } from "#/api/types";

export interface Chosen {
  readonly documents: readonly Doc[];
  readonly has: (document: Doc) => boolean;
  readonly set: (documents: readonly Doc[], chosen: boolean) => void;
  readonly clear: () => void;
}

export function useChosen(): Chosen {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Doc>>(new Map());
  return {
    documents: [...chosen.values()],
    has: ({ id }) => chosen.has(id),
    set: (documents, wanted) => {
      const next = new Map(chosen);
      for (const one of documents) {
        if (wanted) next.set(one.id, one);
        else next.delete(one.id);
      }
      setChosen(next);
    },
    clear: () => setChosen(new Map()),
  };
}
