/** The writing desk: works asked for, followed and taken. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { NewWork, Work } from "./types";

const worksKey = ["writing", "works"] as const;
const lastKey = [...worksKey, "last"] as const;
const ONE = "/api/writing/works/{work_id}" as const;
/** Between two looks at what is under way: milliseconds. */
const SOON = 1_000;
const LATER = 4_000;
const WAITING = 30_000;

export const isUnderWay = ({ state }: Work) => state === "queued" || state === "running";

export function useLanguages() {
  return useQuery({
    queryKey: ["writing", "languages"],
    queryFn: ({ signal }) => call("GET", "/api/writing/languages", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useWorks(kinds: readonly Work["kind"][]) {
  return useQuery({
    queryKey: [...lastKey, ...kinds],
    queryFn: ({ signal }) => call("GET", "/api/writing/works", { query: { kind: [...kinds] }, signal }),
    refetchInterval: ({ state: { data } }) => (data?.items.some(isUnderWay) ? LATER : false),
  });
}

export function useWork(id: string) {
  return useQuery({
    queryKey: [...worksKey, id],
    queryFn: ({ signal }) => call("GET", ONE, { path: { work_id: id }, signal }),
    refetchInterval: ({ state: { data } }) => (data ? nextLook(data) : false),
  });
}

export function nextLook(work: Work): number | false {
  if (isUnderWay(work)) return SOON;
  return work.resumes_at === null ? false : WAITING;
}

/** What was written so far; asked again as more of it is done. */
export function useSegments(id: string, done: number, after: number) {
  return useQuery({
    queryKey: [...worksKey, id, "segments", after, done],
    queryFn: ({ signal }) => call("GET", `${ONE}/segments`, { path: { work_id: id }, query: { after }, signal }),
    placeholderData: (previous) => previous,
  });
}

export function useAskWork() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewWork) => call("POST", "/api/writing/works", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: lastKey }),
  });
}

export function useChangeWork(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (action: "pause" | "resume" | "cancel") =>
      call("POST", `${ONE}/{action}`, { path: { work_id: id, action } }),
    onSettled: () => client.invalidateQueries({ queryKey: worksKey }),
  });
}

/** Other words for a sentence, asked of the model each time. */
export function useAlternatives(id: string, number: number) {
  return useMutation({
    mutationFn: (place: number) =>
      call("POST", `${ONE}/segments/{number}/alternatives`, { path: { work_id: id, number }, body: { place } }),
  });
}

export function useChooseWords(id: string, number: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly place: number; readonly written: string }) =>
      call("PATCH", `${ONE}/segments/{number}`, { path: { work_id: id, number }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...worksKey, id] }),
  });
}

/** What is decided of the changes of a sentence; done once the page shows it. */
export function useDecideChanges(id: string, number: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly place: number; readonly accepted: number[]; readonly rejected: number[] }) =>
      call("PATCH", `${ONE}/segments/{number}/decisions`, { path: { work_id: id, number }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...worksKey, id] }),
  });
}

/** One decision for all that is open. */
export function useDecideAll(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: "accepted" | "rejected") =>
      call("PATCH", `${ONE}/decisions`, { path: { work_id: id }, body: { decision } }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...worksKey, id] }),
  });
}

export function useRemoveWork() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", ONE, { path: { work_id: id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: lastKey }),
  });
}

export function resultAddress(id: string): string {
  return `/api/writing/works/${encodeURIComponent(id)}/result`;
}
