/** The tree of units, level by level or found by words, and what is done to it. */
import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { personsKey } from "./persons";
import type { Unit } from "./types";

export const unitsKey = ["units"] as const;

interface Wanted {
  /** The units directly under this one; the topmost ones when null. */
  readonly parent: string | null;
  /** Not empty: units found by name or code, anywhere. */
  readonly words?: string;
}

export function useUnits({ parent, words = "" }: Wanted) {
  return useInfiniteQuery({
    queryKey: [...unitsKey, "list", parent, words],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/units", { query: { parent, q: words || null, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Some units to choose from, found by words; the topmost without. The last ones stay while others come. */
export function useUnitChoices(words: string) {
  return useQuery({
    queryKey: [...unitsKey, "choices", words],
    queryFn: ({ signal }) => call("GET", "/api/admin/units", { query: { q: words || null, limit: 30 }, signal }),
    select: (page) => page.items,
    placeholderData: (previous) => previous,
  });
}

export function useUnit(id: string | null) {
  return useQuery({
    queryKey: [...unitsKey, "one", id],
    queryFn: ({ signal }) => call("GET", "/api/admin/units/{unit_id}", { path: { unit_id: id ?? "" }, signal }),
    enabled: id !== null,
  });
}

export interface UnitFields {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
}

export function useCreateUnit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UnitFields & { readonly parent_id: string | null }) =>
      call("POST", "/api/admin/units", { body }),
    onSettled: () => refresh(client),
  });
}

export function useChangeUnit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Partial<UnitFields> & Pick<Unit, "id">) =>
      call("PATCH", "/api/admin/units/{unit_id}", { path: { unit_id: id }, body }),
    onSettled: () => refresh(client),
  });
}

export function useMoveUnit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, parent_id }: Pick<Unit, "id" | "parent_id">) =>
      call("POST", "/api/admin/units/{unit_id}/move", { path: { unit_id: id }, body: { parent_id } }),
    onSettled: () => refresh(client),
  });
}

/** Everything that a merge would hand over; asked anew each time, for it cannot be undone. */
export function useMergePreview(id: string, into: string | null) {
  return useQuery({
    queryKey: [...unitsKey, "merge", id, into],
    queryFn: ({ signal }) =>
      call("GET", "/api/admin/units/{unit_id}/merge", { path: { unit_id: id }, query: { into: into ?? "" }, signal }),
    enabled: into !== null,
    gcTime: 0,
  });
}

export function useMergeUnit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, into_id }: Pick<Unit, "id"> & { readonly into_id: string }) =>
      call("POST", "/api/admin/units/{unit_id}/merge", { path: { unit_id: id }, body: { into_id } }),
    onSettled: () => refresh(client),
  });
}

export function useDeleteUnit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", "/api/admin/units/{unit_id}", { path: { unit_id: id } }),
    onSettled: () => refresh(client),
  });
}

async function refresh(client: QueryClient): Promise<void> {
  // A unit that is gone is not asked for again while its screen closes.
  const still = {
    queryKey: unitsKey,
    predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[1] !== "one",
  };
  await Promise.all([
    client.invalidateQueries(still),
    client.invalidateQueries({ queryKey: [...unitsKey, "one"], refetchType: "active" }),
    client.invalidateQueries({ queryKey: personsKey }),
  ]);
}
