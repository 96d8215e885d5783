/** Where a unit is, on one line: its code, then what is above it. */
import type { Unit } from "#/api/types";

export function placeOf({ code, path }: Pick<Unit, "code" | "path">): string {
  const above = path.slice(0, -1).join(" › ");
  return above === "" ? code : `${code} · ${above}`;
}
