/** The filters of the list of persons, as the address keeps them. */
import type { WantedPersons } from "#/api/persons";
import type { PersonOrder, PersonState } from "#/api/types";

export interface Filters {
  readonly q?: string;
  readonly unit?: string;
  readonly role?: string;
  readonly state?: PersonState;
  readonly order?: PersonOrder;
}

const ORDERS: readonly PersonOrder[] = ["name", "email", "unit", "last_seen", "created"].flatMap(
  (key) => [key, `-${key}`] as PersonOrder[],
);

const IDENTIFIER = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads an address that anybody may have written. */
export function readFilters({ q, unit, role, state, order }: Record<string, unknown>): Filters {
  const words = typeof q === "string" || typeof q === "number" ? String(q).slice(0, 200) : "";
  return {
    ...(words === "" ? {} : { q: words }),
    ...(typeof unit === "string" && IDENTIFIER.test(unit) ? { unit } : {}),
    ...(typeof role === "string" && IDENTIFIER.test(role) ? { role } : {}),
    ...(state === "active" || state === "disabled" ? { state } : {}),
    ...(order !== "name" && ORDERS.includes(order as PersonOrder) ? { order: order as PersonOrder } : {}),
  };
}

export function wanted({ q = "", unit, role, state, order }: Filters): WantedPersons {
  return { words: q, unit: unit ?? null, ...(role ? { role } : {}), state: state ?? null, ...(order ? { order } : {}) };
}
