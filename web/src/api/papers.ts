/** Papers of a document base: kept, brought from a list, read with a question, compared; their figures explained. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { open } from "./http";
import type { AskedExplanation, Paper, PaperCell, ScholarlyWork } from "./types";

const PAPERS = "/api/collections/{collection_id}/papers" as const;
/** While a full text is fetched: milliseconds. */
const SOON = 2_000;

export type TableFormat = "csv" | "odt" | "md";

export interface PapersTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function usePapers(collectionId: string | null) {
  return useQuery({
    queryKey: ["papers", collectionId] as const,
    queryFn: ({ signal }) => call("GET", PAPERS, { path: { collection_id: collectionId ?? "" }, signal }),
    enabled: collectionId !== null,
    refetchInterval: ({ state }) => (state.data?.items.some(({ text }) => text === "waiting") ? SOON : false),
  });
}

export function useKeepPapers() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ base, works }: { readonly base: string; readonly works: readonly ScholarlyWork[] }) => {
      const records = works.map(({ missing: _missing, is_retracted: _retracted, ...record }) => record);
      return call("POST", PAPERS, { path: { collection_id: base }, body: { records } });
    },
    onSettled: (_data, _error, { base }) => client.invalidateQueries({ queryKey: ["papers", base] }),
  });
}

export function useImportPapers() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ base, text }: { readonly base: string; readonly text: string }) =>
      call("POST", `${PAPERS}/import`, { path: { collection_id: base }, body: { text } }),
    onSettled: (_data, _error, { base }) => client.invalidateQueries({ queryKey: ["papers", base] }),
  });
}

/** What one paper says to one question; asked a cell at a time, so that what comes is shown as it comes. */
export function askPaper(base: string, paperId: string, question: string, signal: AbortSignal): Promise<PaperCell> {
  return call("POST", `${PAPERS}/cells`, {
    path: { collection_id: base },
    body: { paper_id: paperId, question },
    signal,
  });
}

export function useSynthesis() {
  return useMutation({
    mutationFn: ({
      base,
      ids,
      subject,
    }: {
      readonly base: string;
      readonly ids: readonly string[];
      readonly subject: string;
    }) =>
      call("POST", `${PAPERS}/syntheses`, { path: { collection_id: base }, body: { paper_ids: [...ids], subject } }),
  });
}

const READ_AGAIN_AFTER = 1_500;

/** The figures, tables and formulas of a paper; asked again once its full text is there. */
export function usePaperFigures(base: string, paperId: string, text: Paper["text"]) {
  return useQuery({
    queryKey: ["papers", base, paperId, "figures", text] as const,
    queryFn: ({ signal }) =>
      call("GET", `${PAPERS}/{paper_id}/figures`, { path: { collection_id: base, paper_id: paperId }, signal }),
    refetchInterval: ({ state: { data } }) => (data?.is_reading ? READ_AGAIN_AFTER : false),
  });
}

export function useExplanation(base: string, paperId: string) {
  return useMutation({
    mutationFn: (asked: AskedExplanation) =>
      call("POST", `${PAPERS}/explanations`, { path: { collection_id: base }, body: { paper_id: paperId, ...asked } }),
  });
}

export function useTableExport() {
  return useMutation({
    mutationFn: async ({ format, table }: { readonly format: TableFormat; readonly table: PapersTable }) => {
      const { columns, rows } = table;
      const response = await open("POST", "/api/writing/papers/table", { body: { format, columns, rows } });
      return await response.blob();
    },
  });
}
