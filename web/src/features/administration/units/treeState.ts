/** What is open in the tree and where the keyboard is in it; the screen of a unit opens the way to it. */
import { createContext, useContext, useMemo, useState } from "react";
import type { Unit } from "#/api/types";

export interface TreeState {
  readonly expanded: ReadonlySet<string>;
  readonly setExpanded: (id: string, open: boolean) => void;
  /** The unit that Tab goes to; the first one when null. */
  readonly active: string | null;
  readonly setActive: (id: string | null) => void;
  /** Opens everything above a unit, and makes it the one that Tab goes to. */
  readonly reveal: (unit: Pick<Unit, "id" | "above">) => void;
}

export const TreeContext = createContext<TreeState | null>(null);

export function useTree(): TreeState {
  const tree = useContext(TreeContext);
  if (!tree) throw new Error("useTree needs the units' screen");
  return tree;
}

export function useTreeState(): TreeState {
  const [expanded, setAll] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string | null>(null);
  return useMemo(
    () => ({
      expanded,
      active,
      setActive,
      setExpanded: (id, open) => {
        setAll((now) => (open ? new Set([...now, id]) : new Set([...now].filter((one) => one !== id))));
        setActive(id);
      },
      reveal: ({ id, above }) => {
        setAll((now) => (above.every((one) => now.has(one)) ? now : new Set([...now, ...above])));
        setActive(id);
      },
    }),
    [expanded, active],
  );
}
