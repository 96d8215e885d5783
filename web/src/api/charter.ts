/** The charter of use: the one in force for oneself, and those that one publishes. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { charterKey } from "./client";
import type { components } from "./generated/schema";
import type { Language } from "./types";

type Schemas = components["schemas"];
export type Charter = Schemas["CharterOut"];
export type CharterAdmin = Schemas["CharterAdmin"];
export type CharterProgress = Schemas["CharterProgress"];
export type CharterOrder = "unit" | "-unit" | "published" | "-published" | "version" | "-version";
export type CharterTexts = Readonly<Record<Language, string>>;

const chartersKey = ["charters"] as const;

/** In one's own language, or in another that was asked for. */
export function useCharter(language: Language | null = null) {
  return useQuery({
    queryKey: [...charterKey, language],
    queryFn: ({ signal }) => call("GET", "/api/charter", { query: { language }, signal }),
    staleTime: 5 * 60_000,
  });
}

export function useAcceptCharter() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, hash }: { readonly id: string; readonly hash: string }) =>
      call("POST", "/api/charter/acceptances", { body: { charter_id: id, hash } }),
    onSettled: () => client.invalidateQueries({ queryKey: charterKey }),
  });
}

/** Those in force, found by words and in an order; `-` reverses it. */
export function useCharters(words: string, order: CharterOrder) {
  return useInfiniteQuery({
    queryKey: [...chartersKey, "list", words, order],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/charters", { query: { q: words || null, order, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** What is written for a unit; null is the institution. */
export function useCharterOfUnit(unitId: string | null) {
  return useQuery({
    queryKey: [...chartersKey, "unit", unitId],
    queryFn: ({ signal }) => call("GET", "/api/admin/charters/current", { query: { unit_id: unitId }, signal }),
    // A text being written is never replaced under the hand.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

interface Publication {
  readonly unitId: string | null;
  readonly after: number;
  readonly texts: CharterTexts;
}

export function usePublishCharter() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ unitId, ...body }: Publication) =>
      call("POST", "/api/admin/charters", { body: { ...body, unit_id: unitId } }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [...chartersKey, "list"] }),
        client.invalidateQueries({ queryKey: charterKey }),
      ]),
  });
}

export function useWithdrawCharter() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (unitId: string | null) =>
      call("DELETE", "/api/admin/charters/current", { query: { unit_id: unitId } }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: chartersKey }),
        client.invalidateQueries({ queryKey: charterKey }),
      ]),
  });
}
