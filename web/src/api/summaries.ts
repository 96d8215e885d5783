/** Summaries: asked for, read with what was checked of each sentence, taken as documents. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { NewSummary, Work } from "./types";
import { isUnderWay } from "./writing";

const works = ["writing", "works"] as const;
const EXPORTS = ["odt", "docx", "md"] as const;
export type SummaryExport = (typeof EXPORTS)[number];
export const SUMMARY_EXPORTS: readonly SummaryExport[] = EXPORTS;

export function useAskSummary() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSummary) => call("POST", "/api/writing/summaries", { body: body as never }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [...works, "last"] });
      void client.invalidateQueries({ queryKey: ["writing", "sources"] });
    },
  });
}

/** The summary, or the notes taken so far: asked again as more of them are. */
export function useSummary(work: Pick<Work, "id" | "done" | "kind" | "state"> | undefined) {
  const done = work && isUnderWay(work as Work) ? work.done : -1;
  return useQuery({
    queryKey: [...works, work?.id, "summary", work?.state, done],
    queryFn: ({ signal }) =>
      call("GET", "/api/writing/summaries/{summary_id}", { path: { summary_id: work?.id ?? "" }, signal }),
    enabled: work?.kind === "summarise",
    placeholderData: (previous) => previous,
  });
}

/** The person's last files, which may be summarised. */
export function useSummarySources() {
  return useQuery({
    queryKey: ["writing", "sources"],
    queryFn: ({ signal }) => call("GET", "/api/writing/summaries/sources", { signal }),
  });
}

/** The documents of a base that the person may read, by words of their name; nothing without a base. */
export function useBaseSources(collection: string, words: string) {
  return useQuery({
    queryKey: ["writing", "sources", collection, words],
    queryFn: ({ signal }) =>
      call("GET", "/api/writing/summaries/sources", { query: { collection_id: collection, q: words }, signal }),
    enabled: collection !== "",
    placeholderData: keepPreviousData,
  });
}

export function summaryAddress(id: string, form: SummaryExport): string {
  return `/api/writing/summaries/${encodeURIComponent(id)}/file?form=${form}`;
}
