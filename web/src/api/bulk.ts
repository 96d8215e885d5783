/** The same change for several persons, one after the other; what the server refused of one stops no other. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { ApiError, UNREACHABLE } from "./http";
import { personsKey } from "./persons";
import type { NewGrant } from "./roles";
import { unitsKey } from "./units";

export type BulkChange =
  | { readonly kind: "disable" | "enable" }
  | { readonly kind: "place"; readonly unit_id: string; readonly is_main: boolean }
  | { readonly kind: "takeOut"; readonly unit_id: string }
  | ({ readonly kind: "give" } & NewGrant);

export interface Outcome {
  readonly person: string;
  /** Null when it was done. */
  readonly error: unknown;
}

interface Work {
  readonly change: BulkChange;
  readonly persons: readonly string[];
  readonly onOutcome: (outcome: Outcome) => void;
  readonly signal: AbortSignal;
}

export function useCarryOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: carryOut,
    onSettled: () =>
      Promise.all([personsKey, unitsKey, ["roles"]].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** Stops when told to, and when the server is away: what was not tried is not told as refused. */
export async function carryOut({ change, persons, onOutcome, signal }: Work): Promise<void> {
  for (const person of persons) {
    if (signal.aborted) return;
    const error = await attempt(change, person);
    onOutcome({ person, error });
    if (error instanceof ApiError && (error.code === UNREACHABLE || error.status === 401)) return;
  }
}

async function attempt(change: BulkChange, person: string): Promise<unknown> {
  try {
    await perform(change, { person_id: person });
    return null;
  } catch (error) {
    return error;
  }
}

function perform(change: BulkChange, path: { readonly person_id: string }): Promise<unknown> {
  switch (change.kind) {
    case "disable":
      return call("PATCH", "/api/admin/persons/{person_id}", { path, body: { state: "disabled" } });
    case "enable":
      return call("PATCH", "/api/admin/persons/{person_id}", { path, body: { state: "active" } });
    case "place": {
      const { unit_id, is_main } = change;
      return call("POST", "/api/admin/persons/{person_id}/units", { path, body: { unit_id, is_main } });
    }
    case "takeOut":
      return call("DELETE", "/api/admin/persons/{person_id}/units/{unit_id}", {
        path: { ...path, unit_id: change.unit_id },
      });
    case "give": {
      const { role_id, unit_id, expires_at } = change;
      return call("POST", "/api/admin/persons/{person_id}/roles", { path, body: { role_id, unit_id, expires_at } });
    }
  }
}
