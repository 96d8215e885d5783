/** Directories that provision by SCIM: their tokens, their groups, the orphans they leave. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { Directory } from "./types";

const directoriesKey = ["directories"] as const;

export function useDirectories() {
  return useQuery({
    queryKey: directoriesKey,
    queryFn: ({ signal }) => call("GET", "/api/admin/directories", { signal }),
  });
}

export interface NewDirectory {
  readonly name: string;
  readonly issuer: string;
  readonly subject_from: Directory["subject_from"];
}

export function useConnectDirectory() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewDirectory) => call("POST", "/api/admin/directories", { body }),
    // The token is shown once: it does not stay in the cache after the dialog.
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: directoriesKey }),
  });
}

export function useRenewToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      call("POST", "/api/admin/directories/{directory_id}/token", { path: { directory_id: id } }),
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: directoriesKey }),
  });
}

export function useRevokeDirectory() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", "/api/admin/directories/{directory_id}", { path: { directory_id: id } }),
    onSettled: () => client.invalidateQueries({ queryKey: directoriesKey }),
  });
}

type GroupKey = "name" | "members" | "leads_to";
export type GroupOrder = GroupKey | `-${GroupKey}`;

export function useDirectoryGroups(id: string, words: string, order: GroupOrder) {
  return useInfiniteQuery({
    queryKey: [...directoriesKey, id, "groups", words, order],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/directories/{directory_id}/groups", {
        path: { directory_id: id },
        query: { q: words || null, order, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

export interface GroupMapping {
  readonly group: string;
  readonly unit_id: string | null;
  readonly role_id: string | null;
}

export function useMapGroup(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ group, ...body }: GroupMapping) =>
      call("PATCH", "/api/admin/directories/{directory_id}/groups/{group_id}", {
        path: { directory_id: id, group_id: group },
        body,
      }),
    onSettled: () => client.invalidateQueries({ queryKey: directoriesKey }),
  });
}

type OrphanKey = "name" | "email" | "reason" | "last_seen";
export type OrphanOrder = OrphanKey | `-${OrphanKey}`;

export function useOrphans(id: string, words: string, order: OrphanOrder) {
  return useInfiniteQuery({
    queryKey: [...directoriesKey, id, "orphans", words, order],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/directories/{directory_id}/orphans", {
        path: { directory_id: id },
        query: { q: words || null, order, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

export const orphansAddress = (id: string) => `/api/admin/directories/${encodeURIComponent(id)}/orphans.csv`;

/** Units found by words, to choose one; those at the top without words. */
export function useUnitsFound(words: string) {
  return useQuery({
    queryKey: ["units", "found", words],
    queryFn: ({ signal }) => call("GET", "/api/admin/units", { query: { q: words || null, limit: 50 }, signal }),
    select: (page) => page.items,
    placeholderData: (previous) => previous,
  });
}

/** Roles that are given: not the one that everybody holds. */
export function useRolesToGive() {
  return useQuery({
    queryKey: ["roles"],
    queryFn: ({ signal }) => call("GET", "/api/admin/roles", { signal }),
    select: ({ items }) => items.filter((role) => !role.is_default),
  });
}
