/** Rules of inclusive writing: the one that holds for the person, and what a unit decides. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { Inclusive } from "./types";

const key = ["writing", "inclusive"] as const;
const UNIT = "/api/writing/inclusive/units/{unit_id}" as const;

export function useInclusiveRule() {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => call("GET", "/api/writing/inclusive", { signal }) });
}

export function useUnitRule(unitId: string, readable: boolean) {
  return useQuery({
    queryKey: [...key, unitId],
    queryFn: ({ signal }) => call("GET", UNIT, { path: { unit_id: unitId }, signal }),
    enabled: readable,
  });
}

/** Null: what the units above decided holds. */
export function useSetUnitRule(unitId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rule: Inclusive | null) => call("PATCH", UNIT, { path: { unit_id: unitId }, body: { rule } }),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
