/** Quotas: what is left to the person, and those that an administrator sets. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { call } from "./call";
import type { NewQuota, Quota } from "./types";

const allowancesKey = ["allowances"] as const;
const quotasKey = ["quotas"] as const;
const SOON = 1_000;
const LONGEST_WAIT = 6 * 3_600_000;

type QuotaKey = "holder" | "model" | "amount" | "mode";
export type QuotaOrder = QuotaKey | `-${QuotaKey}`;

/** What is left to the person, the nearest to its end first; read again when a period begins. */
export function useAllowances() {
  return useQuery({
    queryKey: allowancesKey,
    queryFn: ({ signal }) => call("GET", "/api/quotas/current", { signal }),
    select: (page) => page.items,
    refetchInterval: ({ state }) => {
      const ends = state.data?.items.map((one) => Date.parse(one.reopens_at) - Date.now()) ?? [];
      return ends.length > 0 && Math.max(SOON, Math.min(...ends, LONGEST_WAIT));
    },
  });
}

/** An answer ended, or was refused: what is left has changed. */
export function useRefreshAllowances(): () => void {
  const client = useQueryClient();
  return useCallback(() => void client.invalidateQueries({ queryKey: allowancesKey }), [client]);
}

export function useQuotas(words: string, order: QuotaOrder) {
  return useInfiniteQuery({
    queryKey: [...quotasKey, words, order],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/quotas", { query: { q: words || null, order, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** Sets a quota, or changes the one of `id`. */
export function useSaveQuota(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (fields: Pick<NewQuota, "amount" | "mode" | "smaller_model"> & Partial<NewQuota>) =>
      id === null
        ? call("POST", "/api/admin/quotas", { body: fields })
        : call("PATCH", "/api/admin/quotas/{quota_id}", { path: { quota_id: id }, body: fields }),
    onSettled: () => refresh(client),
  });
}

export function useLiftQuota() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Pick<Quota, "id">) =>
      call("DELETE", "/api/admin/quotas/{quota_id}", { path: { quota_id: id } }),
    onSettled: () => refresh(client),
  });
}

async function refresh(client: ReturnType<typeof useQueryClient>): Promise<void> {
  await Promise.all([quotasKey, allowancesKey].map((queryKey) => client.invalidateQueries({ queryKey })));
}
