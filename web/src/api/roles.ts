/** Roles, what each is made of, and who holds them where. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { personsKey } from "./persons";
import type { Right } from "./types";

const rolesKey = ["roles"] as const;

export function useRoles() {
  return useQuery({ queryKey: rolesKey, queryFn: ({ signal }) => call("GET", "/api/admin/roles", { signal }) });
}

export interface RoleFields {
  readonly code: string;
  readonly name_fr: string;
  readonly name_en: string;
  readonly rights: readonly Right[];
}

/** Makes a role, or changes the one of `id`; the code does not change. */
export function useSaveRole(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ code, ...fields }: RoleFields) =>
      id === null
        ? call("POST", "/api/admin/roles", { body: { code, ...fields } })
        : call("PATCH", "/api/admin/roles/{role_id}", { path: { role_id: id }, body: fields }),
    onSettled: () => refresh(client),
  });
}

export function useDeleteRole() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", "/api/admin/roles/{role_id}", { path: { role_id: id } }),
    onSettled: () => refresh(client),
  });
}

/** Who holds a role on a unit, given there or above it. */
export function useHolders(unit: string, enabled: boolean) {
  return useQuery({
    queryKey: [...personsKey, "holders", unit],
    queryFn: ({ signal }) => call("GET", "/api/admin/units/{unit_id}/roles", { path: { unit_id: unit }, signal }),
    enabled,
  });
}

export function useGrants(person: string) {
  return useQuery({
    queryKey: [...personsKey, "grants", person],
    queryFn: ({ signal }) =>
      call("GET", "/api/admin/persons/{person_id}/roles", { path: { person_id: person }, signal }),
    select: (list) => list.items,
  });
}

export interface NewGrant {
  readonly role_id: string;
  /** Everywhere when null. */
  readonly unit_id: string | null;
  readonly expires_at: string | null;
}

export function useGive() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ person, ...body }: NewGrant & { readonly person: string }) =>
      call("POST", "/api/admin/persons/{person_id}/roles", { path: { person_id: person }, body }),
    onSettled: () => refresh(client),
  });
}

export function useWithdraw() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ person, grant }: { readonly person: string; readonly grant: string }) =>
      call("DELETE", "/api/admin/persons/{person_id}/roles/{grant_id}", {
        path: { person_id: person, grant_id: grant },
      }),
    onSettled: () => refresh(client),
  });
}

async function refresh(client: QueryClient): Promise<void> {
  await Promise.all([rolesKey, personsKey].map((queryKey) => client.invalidateQueries({ queryKey })));
}
