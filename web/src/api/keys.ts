/** API keys: one's own, and those of the applications of units. A secret is in one answer only, never in the cache. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { KeyRoute } from "./types";

const keysKey = ["keys"] as const;
const own = [...keysKey, "own"] as const;
const ofUnits = [...keysKey, "units"] as const;

export function useKeys() {
  return useQuery({ queryKey: own, queryFn: ({ signal }) => call("GET", "/api/keys", { signal }) });
}

type KeyKey = "name" | "unit" | "owner" | "state" | "last_use" | "end" | "made";
export type KeyOrder = KeyKey | `-${KeyKey}`;

export function useUnitKeys(words: string, order: KeyOrder) {
  return useInfiniteQuery({
    queryKey: [...ofUnits, "list", words, order],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/keys", { query: { q: words || null, order, cursor: pageParam }, signal }),
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Units for which one may make keys, by the beginning of their name. */
export function useKeyUnits(words: string) {
  return useQuery({
    queryKey: [...ofUnits, "choice", words],
    queryFn: ({ signal }) => call("GET", "/api/admin/keys/units", { query: { q: words || null }, signal }),
    select: (page) => page.items,
    placeholderData: (previous) => previous,
  });
}

export interface NewKey {
  readonly name: string;
  readonly expires_at: string;
  readonly models: readonly string[] | null;
  readonly routes: readonly KeyRoute[];
  readonly origins: readonly string[];
  readonly addresses: readonly string[];
  /** A key for an application of this unit; else one's own. */
  readonly unit_id?: string;
}

export function useMakeKey() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ unit_id, ...body }: NewKey) =>
      unit_id === undefined
        ? call("POST", "/api/keys", { body })
        : call("POST", "/api/admin/keys", { body: { ...body, unit_id } }),
    // The secret is shown once: it does not stay in the cache after the dialog.
    gcTime: 0,
    onSettled: refresh,
  });
}

export function useRotateKey() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, hours }: { readonly id: string; readonly hours: number }) =>
      call("POST", "/api/keys/{key_id}/rotate", { path: { key_id: id }, body: { overlap_hours: hours } }),
    gcTime: 0,
    onSettled: refresh,
  });
}

export function useRevokeKey() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", "/api/keys/{key_id}", { path: { key_id: id } }),
    onSettled: refresh,
  });
}

export function useTakeKeyOver() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => call("POST", "/api/admin/keys/{key_id}/owner", { path: { key_id: id } }),
    onSettled: refresh,
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keysKey });
}
