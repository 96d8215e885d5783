/** Who belongs where. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { personsKey } from "./persons";
import { unitsKey } from "./units";

export function useMemberships(person: string) {
  return useQuery({
    queryKey: [...personsKey, "memberships", person],
    queryFn: ({ signal }) =>
      call("GET", "/api/admin/persons/{person_id}/units", { path: { person_id: person }, signal }),
    select: (list) => list.items,
  });
}

export interface Placement {
  readonly person: string;
  readonly unit_id: string;
  readonly is_main: boolean;
}

export function usePlace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ person, ...body }: Placement) =>
      call("POST", "/api/admin/persons/{person_id}/units", { path: { person_id: person }, body }),
    onSettled: () => refresh(client),
  });
}

export function useTakeOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ person, unit_id }: Pick<Placement, "person" | "unit_id">) =>
      call("DELETE", "/api/admin/persons/{person_id}/units/{unit_id}", { path: { person_id: person, unit_id } }),
    onSettled: () => refresh(client),
  });
}

async function refresh(client: QueryClient): Promise<void> {
  await Promise.all([personsKey, unitsKey].map((queryKey) => client.invalidateQueries({ queryKey })));
}
