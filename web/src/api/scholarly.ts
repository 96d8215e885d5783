/** The scholarly desk: whether it is open, works looked for, references checked and exported. */
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { call } from "./call";
import { open } from "./http";
import type { ScholarlySearch, ScholarlyWork } from "./types";

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

export function useReferenceCheck() {
  return useMutation({
    mutationFn: (text: string) => call("POST", "/api/scholarly/references", { body: { text } }),
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
