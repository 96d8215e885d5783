/** Forgetting: one's own durations and requests, the matrix, the desk, the certificates. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { ApiError, open } from "./http";

const ownRetentionKey = ["ownRetention"] as const;
const ownRequestsKey = ["ownRequests"] as const;
const matrixKey = ["retention"] as const;
const deskKey = ["desk"] as const;
const SOON = 3_000;

export function useOwnRetention() {
  return useQuery({
    queryKey: ownRetentionKey,
    queryFn: ({ signal }) => call("GET", "/api/retention", { signal }),
    select: (list) => list.items,
  });
}

type Kind = Awaited<ReturnType<typeof call<"GET", "/api/retention">>>["items"][number]["kind"];

/** Keeps one's own things for a shorter time; null goes back to the institution's. */
export function useChooseRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly kind: Kind; readonly days: number | null }) =>
      call("PATCH", "/api/retention", { body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ownRetentionKey });
      await client.invalidateQueries({ queryKey: ["conversations"] });
    },
  });
}

/** One's own requests; asked again while an archive is being written. */
export function useOwnRequests() {
  return useQuery({
    queryKey: ownRequestsKey,
    queryFn: ({ signal }) => call("GET", "/api/privacy/requests", { signal }),
    select: (list) => list.items,
    refetchInterval: ({ state }) => {
      const moving = state.data?.items.some((one) => one.kind === "access" && /open|working/.test(one.state));
      return moving ? SOON : false;
    },
  });
}

export interface AskedRequest {
  readonly kind: "access" | "rectification" | "objection";
  readonly words?: string;
}

export function useMakeRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AskedRequest) => call("POST", "/api/privacy/requests", { body }),
    onSettled: () => client.invalidateQueries({ queryKey: ownRequestsKey }),
  });
}

export const archiveAddress = (id: string) => `/api/privacy/requests/${encodeURIComponent(id)}/archive`;

export function useEraseMyself() {
  return useMutation({
    mutationFn: (password: string | null) => call("POST", "/api/privacy/erasure", { body: { password } }),
  });
}

export const certificateAddress = (reference: string, form: "json" | "fr" | "en") =>
  `/api/privacy/certificates/${encodeURIComponent(reference)}?form=${form}`;

/** True once the certificate of an erasure is made. */
export function useCertificateMade(reference: string) {
  return useQuery({
    queryKey: ["certificateMade", reference],
    queryFn: async ({ signal }) => {
      try {
        await open("GET", certificateAddress(reference, "json"), { signal });
        return true;
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return false;
        throw error;
      }
    },
    refetchInterval: ({ state }) => (state.data ? false : SOON),
  });
}

export function useRetentionMatrix() {
  return useQuery({
    queryKey: matrixKey,
    queryFn: ({ signal }) => call("GET", "/api/admin/retention", { signal }),
    select: (matrix) => matrix.items,
  });
}

export function useSetRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly kind: Kind; readonly unit_id: string | null; readonly days: number }) =>
      call("POST", "/api/admin/retention", { body }),
    onSettled: () => client.invalidateQueries({ queryKey: matrixKey }),
  });
}

export function useLiftRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", "/api/admin/retention/{rule_id}", { path: { rule_id: id } }),
    onSettled: () => client.invalidateQueries({ queryKey: matrixKey }),
  });
}

export function useDesk() {
  return useQuery({
    queryKey: deskKey,
    queryFn: ({ signal }) => call("GET", "/api/admin/privacy/requests", { signal }),
  });
}

export function useAnswerRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, outcome }: { readonly id: string; readonly outcome: "done" | "declined" }) =>
      call("PATCH", "/api/admin/privacy/requests/{request_id}", { path: { request_id: id }, body: { outcome } }),
    onSettled: () => client.invalidateQueries({ queryKey: deskKey }),
  });
}

export function useCertificates() {
  return useQuery({
    queryKey: ["certificates"],
    queryFn: ({ signal }) => call("GET", "/api/admin/privacy/certificates", { signal }),
    select: (list) => list.items,
  });
}

export const storedCertificateAddress = (id: string, form: "json" | "fr" | "en") =>
  `/api/admin/privacy/certificates/${encodeURIComponent(id)}?form=${form}`;
