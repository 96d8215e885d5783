/** Rules of units: versions, the draft, what it would have refused; and what holds for oneself. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { PolicyDraft } from "./types";

const key = ["policies"] as const;

export function usePolicies() {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => call("GET", "/api/admin/policies", { signal }) });
}

export function useOwnPolicy() {
  return useQuery({
    queryKey: ["ownPolicy"],
    queryFn: ({ signal }) => call("GET", "/api/policies/current", { signal }),
    staleTime: 60_000,
  });
}

export function useWriteDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rules: PolicyDraft["rules"]) => call("POST", "/api/admin/policies/draft", { body: { rules } }),
    onSuccess: (list) => client.setQueryData(key, list),
  });
}

export function usePublishDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call("POST", "/api/admin/policies/draft/publish", {}),
    onSuccess: (list) => client.setQueryData(key, list),
  });
}

export function useTryText() {
  return useMutation({
    mutationFn: ({ id, text }: { readonly id: string; readonly text: string }) =>
      call("POST", "/api/admin/policies/{policy_id}/reading", { path: { policy_id: id }, body: { text } }),
  });
}

export function useTryPolicy() {
  return useMutation({
    mutationFn: (id: string) => call("POST", "/api/admin/policies/{policy_id}/trial", { path: { policy_id: id } }),
  });
}
