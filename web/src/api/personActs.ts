/** One act on those ticked, or on everybody that filters find: the server shows, does it by a job, and puts it back. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { personsKey, type WantedPersons } from "./persons";
import type { ActAsked, PersonAct } from "./types";
import { unitsKey } from "./units";

const actsKey = ["person-acts"] as const;
const SOON = 700;

/** The filters of the list, as an act names them. */
export function filterOf({ words, unit, role, state }: WantedPersons): ActAsked["filter"] {
  return { q: words, unit_id: unit, role_id: role ?? null, state, ids: null };
}

/** How many may be ticked for one act; the server refuses more. */
export const MOST_TICKED = 5000;

/** Those ticked one by one, wherever the filters of the list are by now. */
export function onlyThese(persons: readonly { readonly id: string }[]): ActAsked["filter"] {
  return { q: "", unit_id: null, role_id: null, state: null, ids: persons.map(({ id }) => id) };
}

export function isUnderWay({ state }: Pick<PersonAct, "state">): boolean {
  return state === "waiting" || state === "running" || state === "undoing";
}

/** For how many it would be done and who is left out; always asked anew, for it is what one confirms. */
export function useActPreview(asked: ActAsked | null) {
  return useQuery({
    queryKey: [...actsKey, "preview", asked],
    queryFn: ({ signal }) =>
      call("POST", "/api/admin/person-acts/preview", { body: asked ?? ({} as ActAsked), signal }),
    enabled: asked !== null,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useConfirmAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ asked, seen }: { asked: ActAsked; seen: string }) =>
      call("POST", "/api/admin/person-acts", { body: { ...asked, seen } }),
    onSettled: () => client.invalidateQueries({ queryKey: actsKey }),
  });
}

/** An act as it goes on; the lists are read again once it is over. */
export function useAct(id: string | null) {
  const client = useQueryClient();
  return useQuery({
    queryKey: [...actsKey, "one", id],
    queryFn: async ({ signal }) => {
      const act = await call("GET", "/api/admin/person-acts/{act_id}", { path: { act_id: id ?? "" }, signal });
      if (!isUnderWay(act)) {
        for (const queryKey of [personsKey, unitsKey, ["roles"], [...actsKey, "latest"]])
          void client.invalidateQueries({ queryKey });
      }
      return act;
    },
    enabled: id !== null,
    refetchInterval: ({ state: { data } }) => (data && !isUnderWay(data) ? false : SOON),
  });
}

export function useLatestActs() {
  return useQuery({
    queryKey: [...actsKey, "latest"],
    queryFn: ({ signal }) => call("GET", "/api/admin/person-acts", { signal }),
    select: (list) => list.items,
    refetchInterval: ({ state: { data } }) => (data?.items.some(isUnderWay) ? 4 * SOON : false),
  });
}

/** Stops an act under way, or puts back one that is over. */
export function useTurnAct(turn: "stop" | "undo") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("POST", `/api/admin/person-acts/{act_id}/${turn}`, { path: { act_id: id } }),
    onSettled: () => client.invalidateQueries({ queryKey: actsKey }),
  });
}
