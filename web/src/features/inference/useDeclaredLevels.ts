/** The levels of this installation, in their order; only behind the gate. */
import { useLevelNames } from "#/api/sessions";
import type { Level } from "#/api/types";
import { declaredLevels } from "./choice";

export function useDeclaredLevels(): readonly Level[] {
  return declaredLevels(useLevelNames());
}
