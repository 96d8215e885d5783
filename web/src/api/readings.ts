/** Reading somebody's content under a request: the desk of those who ask and decide, and one's own list. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { NewReading } from "./types";

const readingsKey = ["readings"] as const;
const ownKey = ["ownReadings"] as const;

export function useReadings() {
  return useQuery({
    queryKey: readingsKey,
    queryFn: ({ signal }) => call("GET", "/api/admin/privacy/readings", { signal }),
  });
}

export function useAskReading() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewReading) => call("POST", "/api/admin/privacy/readings", { body }),
    onSuccess: (list) => client.setQueryData(readingsKey, list),
  });
}

export function useDecideReading() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, outcome }: { readonly id: string; readonly outcome: "approved" | "declined" }) =>
      call("POST", "/api/admin/privacy/readings/{reading_id}/decision", {
        path: { reading_id: id },
        body: { outcome },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: readingsKey }),
  });
}

export function useEndReading() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      call("POST", "/api/admin/privacy/readings/{reading_id}/end", { path: { reading_id: id } }),
    onSettled: () => client.invalidateQueries({ queryKey: readingsKey }),
  });
}

export function useReadable(id: string) {
  return useQuery({
    queryKey: [...readingsKey, id],
    queryFn: ({ signal }) =>
      call("GET", "/api/admin/privacy/readings/{reading_id}/conversations", { path: { reading_id: id }, signal }),
    select: (list) => list.items,
  });
}

/** Opens a conversation: an act that is journalled, never done again by itself nor kept by the page. */
export function useOpenRead() {
  return useMutation({
    gcTime: 0,
    mutationFn: ({ reading, conversation }: { readonly reading: string; readonly conversation: string }) =>
      call("GET", "/api/admin/privacy/readings/{reading_id}/conversations/{conversation_id}", {
        path: { reading_id: reading, conversation_id: conversation },
      }),
  });
}

export function useOwnReadings() {
  return useQuery({
    queryKey: ownKey,
    queryFn: ({ signal }) => call("GET", "/api/privacy/readings", { signal }),
    select: (list) => list.items,
    staleTime: 300_000,
  });
}

export function useAcknowledgeReadings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call("POST", "/api/privacy/readings/seen", {}),
    onSuccess: (list) => client.setQueryData(ownKey, list),
  });
}
