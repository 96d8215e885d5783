/** Deep research: asked, confirmed, followed, stopped, gone on with, taken away. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { ConfirmedPlan, NewResearch, Research, ResearchAllowed } from "./types";

const key = ["research"] as const;
const ONE = "/api/research/{research_id}" as const;
/** Between two looks at what is under way: milliseconds. */
const SOON = 1_000;
const LATER = 4_000;
const UNDER_WAY: ReadonlySet<Research["state"]> = new Set(["planning", "queued", "running"]);

export type ReportFormat = "docx" | "odt" | "md";

export const isUnderWay = ({ state }: Pick<Research, "state">) => UNDER_WAY.has(state);

export function useResearchOffer() {
  return useQuery({
    queryKey: [...key, "offer"],
    queryFn: ({ signal }) => call("GET", "/api/research/offer", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useResearches() {
  return useQuery({
    queryKey: [...key, "list"],
    queryFn: ({ signal }) => call("GET", "/api/research", { signal }),
    refetchInterval: ({ state: { data } }) => (data?.items.some(isUnderWay) ? LATER : false),
  });
}

export function useResearch(id: string) {
  return useQuery({
    queryKey: [...key, "one", id],
    queryFn: ({ signal }) => call("GET", ONE, { path: { research_id: id }, signal }),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? SOON : false),
  });
}

/** What was read, as it was: it does not change. */
export function useResearchSource(id: string, number: number | null) {
  return useQuery({
    queryKey: [...key, "source", id, number],
    queryFn: ({ signal }) =>
      call("GET", `${ONE}/sources/{number}`, { path: { research_id: id, number: number ?? 1 }, signal }),
    enabled: number !== null,
    staleTime: 60_000,
  });
}

export function useAskResearch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewResearch) => call("POST", "/api/research", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...key, "list"] }),
  });
}

/** Each verb gives the research as it is then. */
function useVerb<T>(id: string, ask: (given: T) => Promise<Research>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ask,
    onSuccess: (found) => {
      client.setQueryData([...key, "one", id], found);
      return client.invalidateQueries({ queryKey: key });
    },
  });
}

export function useConfirmResearch(id: string) {
  return useVerb(id, (body: ConfirmedPlan) => call("POST", `${ONE}/confirm`, { path: { research_id: id }, body }));
}

export function useAddSearches(id: string) {
  return useVerb(id, (body: { readonly item: ConfirmedPlan["items"][number]; readonly budget: ResearchAllowed }) =>
    call("POST", `${ONE}/searches`, { path: { research_id: id }, body }),
  );
}

export function useStopResearch(id: string) {
  return useVerb(id, () => call("POST", `${ONE}/stop`, { path: { research_id: id } }));
}

export function useResumeResearch(id: string) {
  return useVerb(id, (budget: ResearchAllowed | null) =>
    call("POST", `${ONE}/resume`, { path: { research_id: id }, body: { budget } }),
  );
}

export function useRemoveResearch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", ONE, { path: { research_id: id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...key, "list"] }),
  });
}

export function reportAddress(id: string, format: ReportFormat): string {
  return `/api/research/${encodeURIComponent(id)}/report?format=${format}`;
}
