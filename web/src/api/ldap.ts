/** Directories (LDAP) that people sign in with: declared, tried, read for units and persons, compared with who is here. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { ImportReport, LdapDirectory } from "./types";

const PATH = "/api/admin/sign-in-providers/{provider_id}/directory" as const;
const keyOf = (id: string) => ["providers", id, "directory"] as const;

export function useLdapDirectory(id: string | null) {
  return useQuery({
    queryKey: keyOf(id ?? ""),
    queryFn: ({ signal }) => call("GET", PATH, { path: { provider_id: id ?? "" }, signal }),
    enabled: id !== null,
  });
}

export interface LdapFields extends Omit<LdapDirectory, "id" | "code" | "issuer" | "subject_attribute"> {
  /** Absent: unchanged. Never read back. */
  readonly bind_password?: string;
}

/** What is said once: persons are of this issuer, and known by this attribute. */
export interface LdapIdentity {
  readonly code: string;
  readonly issuer: string | null;
  readonly subject_attribute: LdapDirectory["subject_attribute"];
}

export interface LdapToSave {
  readonly id: string | null;
  readonly identity: LdapIdentity;
  readonly fields: LdapFields;
}

export function useSaveLdapDirectory() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, identity, fields }: LdapToSave) =>
      id === null
        ? call("POST", "/api/admin/sign-in-providers/directories", {
            body: { ...identity, ...fields, bind_password: fields.bind_password ?? "" },
          })
        : call("PATCH", PATH, { path: { provider_id: id }, body: fields }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["installation"] });
      return client.invalidateQueries({ queryKey: ["providers"] });
    },
  });
}

export function useTryDirectory(id: string) {
  return useMutation({
    mutationFn: (name: string) =>
      call("POST", `${PATH}/trial`, { path: { provider_id: id }, body: { name: name === "" ? null : name } }),
  });
}

export interface TreeToRead {
  readonly kind: ImportReport["kind"];
  readonly apply: boolean;
}

export function useReadTree(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TreeToRead) => call("POST", `${PATH}/import`, { path: { provider_id: id }, body }),
    onSuccess: ({ report }) => (report.applied ? client.invalidateQueries() : undefined),
  });
}

type GoneKey = "name" | "email" | "reason";
export type GoneOrder = GoneKey | `-${GoneKey}`;

/** Each page reads the whole directory: asked for by a button (`comparison`: how often it was), not by looking. */
export function useGonePersons(id: string, comparison: number, words: string, order: GoneOrder) {
  return useInfiniteQuery({
    queryKey: ["gone", id, comparison, words, order],
    queryFn: ({ pageParam, signal }) =>
      call("GET", `${PATH}/orphans`, {
        path: { provider_id: id },
        query: { q: words || null, order, cursor: pageParam },
        signal,
      }),
    enabled: comparison > 0,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

export const goneAddress = (id: string) =>
  `/api/admin/sign-in-providers/${encodeURIComponent(id)}/directory/orphans.csv`;
