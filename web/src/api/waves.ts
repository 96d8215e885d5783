/** Waves: for those who manage them, and the public ways in. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { components } from "./generated/schema";
import { sessionKey } from "./sessions";
import type { Language } from "./types";

type Schemas = components["schemas"];
export type Cohort = Schemas["CohortOut"];
export type CohortChange = Schemas["CohortChange"];
type CohortKey = "name" | "unit" | "state" | "opens" | "members" | "activated";
export type CohortOrder = CohortKey | `-${CohortKey}`;
type Figure = "unit" | "invited" | "activated" | "active";
type VolunteerKey = "registered" | "name" | "unit" | "state";
export type VolunteerOrder = VolunteerKey | `-${VolunteerKey}`;
export type ProgressOrder = Figure | `-${Figure}`;
export type OpeningOrder = "day" | "-day" | "unit" | "-unit";
export type CohortProgress = Schemas["CohortProgress"];
export type Volunteer = Schemas["VolunteerOut"];
export type Choice = Schemas["Choice"];
export type Codes = Schemas["CodesOut"];
export type MailWords = Schemas["MailWordsOut"];
export type MailKind = MailWords["kind"];

const wavesKey = ["waves"] as const;

/** The waves that one manages: all, or those in these states, by words, in an order. */
export function useCohorts(words: string, order: CohortOrder, states: readonly Cohort["state"][] | null = null) {
  return useInfiniteQuery({
    queryKey: [...wavesKey, "list", words, order, states],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/cohorts", {
        query: { q: words || null, order, state: states, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

export function useCohort(id: string) {
  return useQuery({
    queryKey: [...wavesKey, "one", id],
    queryFn: ({ signal }) => call("GET", "/api/admin/cohorts/{cohort_id}", { path: { cohort_id: id }, signal }),
  });
}

/** By unit, page by page; the total and the curve are the whole wave's on each. */
export function useProgress(id: string, words: string, order: ProgressOrder) {
  return useInfiniteQuery({
    queryKey: [...wavesKey, "progress", id, words, order],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/cohorts/{cohort_id}/progress", {
        path: { cohort_id: id },
        query: { q: words || null, order, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** The waiting list, or the members of a wave. */
export function useVolunteers(words: string, cohortId: string | null, order: VolunteerOrder) {
  return useInfiniteQuery({
    queryKey: [...wavesKey, "volunteers", cohortId, words, order],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/volunteers", {
        query: {
          q: words || null,
          order,
          cohort_id: cohortId,
          state: cohortId === null ? ["waiting"] : null,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (previous) => previous,
  });
}

/** Does something to waves; every figure about them is read again. */
function useWaves<Given, Told>(act: (given: Given) => Promise<Told>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries({ queryKey: wavesKey }) });
}

export function useCreateCohort() {
  return useWaves((body: Schemas["NewCohort"]) => call("POST", "/api/admin/cohorts", { body }));
}

export function useChangeCohort(id: string) {
  return useWaves((body: CohortChange) =>
    call("PATCH", "/api/admin/cohorts/{cohort_id}", { path: { cohort_id: id }, body }),
  );
}

export function useChoose() {
  return useWaves(({ id, ...body }: Partial<Choice> & { readonly id: string }) =>
    call("POST", "/api/admin/cohorts/{cohort_id}/members", { path: { cohort_id: id }, body }),
  );
}

export function useRemoveMembers(id: string) {
  return useWaves((ids: readonly string[]) =>
    call("POST", "/api/admin/cohorts/{cohort_id}/removals", { path: { cohort_id: id }, body: { ids: [...ids] } }),
  );
}

export function useConfirmUnit() {
  return useWaves((id: string) =>
    call("POST", "/api/admin/volunteers/{volunteer_id}/unit", { path: { volunteer_id: id } }),
  );
}

export function useMakeCodes(id: string) {
  return useWaves((_: undefined) => call("POST", "/api/admin/cohorts/{cohort_id}/codes", { path: { cohort_id: id } }));
}

export function useMessages(id: string) {
  return useWaves((body: Schemas["MessagesRequest"]) =>
    call("POST", "/api/admin/cohorts/{cohort_id}/messages", { path: { cohort_id: id }, body }),
  );
}

export function useAddVolunteers() {
  return useWaves((volunteers: Schemas["NewVolunteers"]["volunteers"]) =>
    call("POST", "/api/admin/volunteers", { body: { volunteers } }),
  );
}

export function useRemoveVolunteer() {
  return useWaves((id: string) =>
    call("DELETE", "/api/admin/volunteers/{volunteer_id}", { path: { volunteer_id: id } }),
  );
}

export function useOpenings(words: string, order: OpeningOrder) {
  return useInfiniteQuery({
    queryKey: [...wavesKey, "openings", words, order],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/adoption/openings", { query: { q: words || null, order, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

export function useOpenUnit() {
  return useWaves((body: Schemas["Opening"]) => call("POST", "/api/admin/adoption/openings", { body }));
}

export function useCloseUnit() {
  return useWaves((id: string) => call("DELETE", "/api/admin/adoption/openings/{unit_id}", { path: { unit_id: id } }));
}

/** The words of messages are the whole installation's. */
export function useMailWords() {
  return useQuery({
    queryKey: [...wavesKey, "words"],
    queryFn: ({ signal }) => call("GET", "/api/admin/adoption/words", { signal }),
  });
}

export function useChangeMailWords() {
  return useWaves((body: Schemas["NewMailWords"]) => call("POST", "/api/admin/adoption/words", { body }));
}

export function useRestoreMailWords() {
  return useWaves((path: { readonly kind: MailKind; readonly language: Language }) =>
    call("DELETE", "/api/admin/adoption/words/{kind}/{language}", { path }),
  );
}

export function useRegistration() {
  return useQuery({
    queryKey: ["registration"],
    queryFn: ({ signal }) => call("GET", "/api/registration", { signal }),
    staleTime: 5 * 60_000,
  });
}

export function useRegister() {
  return useMutation({
    mutationFn: (body: Schemas["NewRegistration"]) => call("POST", "/api/registrations", { body }),
  });
}

export function useConfirmRegistration() {
  return useMutation({
    mutationFn: (token: string) => call("POST", "/api/registrations/confirm", { body: { token } }),
  });
}

export function useAskLink() {
  return useMutation({ mutationFn: (email: string) => call("POST", "/api/activations/links", { body: { email } }) });
}

/** The cookie comes with the answer; who it is for is then read. */
export function useActivateByCode() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["CodeActivation"]) => call("POST", "/api/activations/code", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}

/** For whoever is signed in already: the code lets their account in. */
/** By a code on paper, or by the link that was sent to one's address. */
export function useActivateOwn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["OwnActivation"]) => call("POST", "/api/activations/current", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}

export function useActivateByLink() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["LinkActivation"]) => call("POST", "/api/activations/link", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}
