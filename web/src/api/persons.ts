/** Persons and invitations, for administrators. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { ListedPerson } from "./types";

const personsKey = ["persons"] as const;
const invitationsKey = ["invitations"] as const;

export function usePersons(words: string) {
  return useInfiniteQuery({
    queryKey: [...personsKey, words],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/persons", { query: { q: words || null, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (previous) => previous,
  });
}

export interface PersonChange {
  readonly id: string;
  readonly state?: ListedPerson["state"];
  readonly is_administrator?: boolean;
}

export function useChangePerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: PersonChange) =>
      call("PATCH", "/api/admin/persons/{person_id}", { path: { person_id: id }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: personsKey }),
  });
}

export function useInvitations() {
  return useQuery({
    queryKey: invitationsKey,
    queryFn: ({ signal }) => call("GET", "/api/admin/invitations", { signal }),
    select: (page) => page.items,
  });
}

export interface NewInvitation {
  readonly email: string;
  readonly name: string;
  readonly is_administrator: boolean;
}

export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewInvitation) => call("POST", "/api/admin/invitations", { body }),
    // The link is shown once: it does not stay in the cache after the dialog.
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: invitationsKey }),
  });
}

export function useWithdrawInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      call("DELETE", "/api/admin/invitations/{invitation_id}", { path: { invitation_id: id } }),
    onSettled: () => client.invalidateQueries({ queryKey: invitationsKey }),
  });
}
