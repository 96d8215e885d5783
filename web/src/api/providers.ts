/** Ways to sign in, for administrators: providers, what their claims give, and how the last sign-ins went. */
import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { call } from "./call";
import type { ClaimRule, Provider } from "./types";

const providersKey = ["providers"] as const;
const PATH = "/api/admin/sign-in-providers" as const;

export function useProviders() {
  return useQuery({ queryKey: providersKey, queryFn: ({ signal }) => call("GET", PATH, { signal }) });
}

export interface ProviderFields
  extends Pick<
    Provider,
    "name_fr" | "name_en" | "client_id" | "enabled" | "creates_persons" | "language" | "sign_out" | "position"
  > {
  readonly scopes: readonly string[];
  readonly other_origins: readonly string[];
  readonly ca_certificate: string | null;
  /** Absent: unchanged. Never read back. */
  readonly client_secret?: string;
}

export interface NewProvider extends ProviderFields {
  readonly code: string;
  readonly issuer: string;
}

export function useSaveProvider() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, code, issuer, ...fields }: NewProvider & { readonly id: string | null }) =>
      id === null
        ? call("POST", PATH, { body: { code, issuer, ...fields } })
        : call("PATCH", `${PATH}/{provider_id}`, { path: { provider_id: id }, body: fields }),
    onSettled: () => refresh(client),
  });
}

export function useDeleteProvider() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", `${PATH}/{provider_id}`, { path: { provider_id: id } }),
    onSettled: () => refresh(client),
  });
}

export function useProbeProvider() {
  return useMutation({
    mutationFn: (id: string) => call("POST", `${PATH}/{provider_id}/probe`, { path: { provider_id: id } }),
  });
}

export function useRules(id: string) {
  return useQuery({
    queryKey: [...providersKey, id, "rules"],
    queryFn: ({ signal }) => call("GET", `${PATH}/{provider_id}/rules`, { path: { provider_id: id }, signal }),
    select: ({ rules }) => rules,
  });
}

export function useSaveRules(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rules: readonly ClaimRule[]) =>
      call("PATCH", `${PATH}/{provider_id}/rules`, { path: { provider_id: id }, body: { rules } }),
    onSuccess: (saved) => client.setQueryData([...providersKey, id, "rules"], saved),
    onSettled: () => refresh(client),
  });
}

export interface DryRun {
  readonly claims: { readonly [name: string]: unknown };
  readonly rules: readonly ClaimRule[];
}

export function useDryRun(id: string) {
  return useMutation({
    mutationFn: (body: DryRun) =>
      call("POST", `${PATH}/{provider_id}/rules/dry-run`, { path: { provider_id: id }, body }),
  });
}

export function useSignIns(id: string, words: string, only: "failed" | null) {
  return useInfiniteQuery({
    queryKey: [...providersKey, id, "sign-ins", words, only],
    queryFn: ({ pageParam, signal }) =>
      call("GET", `${PATH}/{provider_id}/sign-ins`, {
        path: { provider_id: id },
        query: { q: words || null, only, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    // Each reading is written in the journal: when asked for, not when the window is looked at again.
    refetchOnWindowFocus: false,
  });
}

function refresh(client: QueryClient): Promise<unknown> {
  void client.invalidateQueries({ queryKey: ["installation"] });
  return client.invalidateQueries({ queryKey: providersKey, exact: true });
}
