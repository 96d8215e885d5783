/** The acts of the server by the names of the page, and back. Pure. */
import type { NewGrant } from "#/api/roles";
import type { ActAsked, PersonAct } from "#/api/types";

export type ActChange =
  | { readonly kind: "disable" | "enable" }
  | { readonly kind: "place"; readonly unit_id: string; readonly is_main: boolean }
  | { readonly kind: "takeOut"; readonly unit_id: string }
  | ({ readonly kind: "give" | "withdraw" } & NewGrant);
export type ActName = ActChange["kind"];

export function actName(kind: PersonAct["kind"]): ActName {
  return kind === "take_out" ? "takeOut" : kind;
}

export function actOf(change: ActChange): ActAsked["act"] {
  switch (change.kind) {
    case "takeOut":
      return { kind: "take_out", unit_id: change.unit_id };
    case "withdraw":
      return { kind: "withdraw", role_id: change.role_id, unit_id: change.unit_id, expires_at: null };
    default:
      return change;
  }
}

/** How far an act is: of those to act on, or of those to put back. */
export function progressOf(act: PersonAct): { readonly tried: number; readonly total: number } {
  if (act.state === "undoing") return { tried: act.undone + act.kept, total: act.done };
  return { tried: act.done + act.refused, total: act.total };
}
