/** Persons and invitations, for whoever administers them. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { address } from "./http";
import type { ListedPerson, PersonOrder, PersonState } from "./types";

export const personsKey = ["persons"] as const;
const invitationsKey = ["invitations"] as const;

/** Which persons to list: found by words, in a unit and all under it, given a role, in a state. */
export interface WantedPersons {
  readonly words: string;
  readonly unit: string | null;
  readonly role?: string | null;
  readonly state: PersonState | null;
  readonly order?: PersonOrder;
}

const query = ({ words, unit, role = null, state, order = "name" }: WantedPersons) => ({
  q: words || null,
  unit,
  role,
  state,
  order,
});

/** Where the same list is downloaded whole. */
export function personsFile(wanted: WantedPersons): string {
  return address("/api/admin/persons.csv", query(wanted));
}

export function usePersons(wanted: WantedPersons, enabled = true) {
  return useInfiniteQuery({
    queryKey: [...personsKey, "list", wanted],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/persons", { query: { ...query(wanted), cursor: pageParam }, signal }),
    enabled,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (previous) => previous,
  });
}

export function usePersonDetail(id: string) {
  return useQuery({
    queryKey: [...personsKey, "one", id],
    queryFn: ({ signal }) => call("GET", "/api/admin/persons/{person_id}", { path: { person_id: id }, signal }),
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

type InvitationKey = "name" | "email" | "role" | "end";
export type InvitationOrder = InvitationKey | `-${InvitationKey}`;

export function useInvitations(words: string, order: InvitationOrder) {
  return useInfiniteQuery({
    queryKey: [...invitationsKey, words, order],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/invitations", { query: { q: words || null, order, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
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
