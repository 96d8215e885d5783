/** The scholarly desk: whether it is open, works looked for, references checked and exported. */
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { call } from "./call";
import { open } from "./http";
import type {
  DraftOutline,
  DraftReport,
  DraftReportToWrite,
  RelatedQuestion,
  ScholarlySearch,
  ScholarlyWork,
} from "./types";

export type ReferenceFormat = "bibtex" | "csl" | "ris";

export function useScholarlyDesk() {
  return useQuery({
    queryKey: ["scholarly"] as const,
    queryFn: ({ signal }) => call("GET", "/api/scholarly", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Nothing is looked for until somebody asks; the last answer stays while the next one comes. */
export function useScholarlySearch(asked: Partial<ScholarlySearch> | null) {
  return useQuery({
    queryKey: ["scholarly", "search", asked] as const,
    queryFn: ({ signal }) => call("POST", "/api/scholarly/search", { body: asked ?? {}, signal }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: 300_000,
    retry: false,
  });
}

/** A draft is read, looked for and forgotten: the report is only in this answer. */
export function useDraftCheck() {
  return useMutation({
    mutationFn: async (draft: File): Promise<DraftReport> => {
      const headers = { "Content-Type": "application/octet-stream" };
      const query = { name: draft.name };
      const response = await open("POST", "/api/scholarly/drafts", { body: draft, query, headers });
      return await response.json();
    },
  });
}

/** A draft in sentences, and what may be looked for around it: nothing of it has left yet. */
export function useDraftOutline() {
  return useMutation({
    mutationFn: async (draft: File): Promise<DraftOutline> => {
      const headers = { "Content-Type": "application/octet-stream" };
      const query = { name: draft.name };
      const response = await open("POST", "/api/scholarly/drafts/outline", { body: draft, query, headers });
      return await response.json();
    },
  });
}

/** Works around a draft, by the searches that its person confirmed. */
export function useRelatedWorks() {
  return useMutation({
    mutationFn: (body: RelatedQuestion) => call("POST", "/api/scholarly/drafts/related", { body }),
  });
}

export function useDraftReport() {
  return useMutation({
    mutationFn: async (report: DraftReportToWrite) =>
      await (await open("POST", "/api/scholarly/drafts/report", { body: report })).blob(),
  });
}

/** The file of references of chosen works. */
export function useReferenceExport() {
  return useMutation({
    mutationFn: async ({
      format,
      records,
    }: {
      readonly format: ReferenceFormat;
      readonly records: readonly ScholarlyWork[];
    }) => {
      const plain = records.map(({ missing: _missing, is_retracted: _retracted, ...record }) => record);
      const response = await open("POST", "/api/scholarly/export", { body: { format, records: plain } });
      return await response.blob();
    },
  });
}
