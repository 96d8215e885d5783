/** The writing desk: works asked for, followed and taken; glossaries. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { open } from "./http";
import type { Glossary, GlossaryKind, NewWork, Work } from "./types";

const worksKey = ["writing", "works"] as const;
const glossariesKey = ["writing", "glossaries"] as const;
const ONE = "/api/writing/works/{work_id}" as const;
/** Between two looks at what is under way: milliseconds. */
const SOON = 1_000;
const LATER = 4_000;

export const isUnderWay = ({ state }: Work) => state === "queued" || state === "running";

export function useLanguages() {
  return useQuery({
    queryKey: ["writing", "languages"],
    queryFn: ({ signal }) => call("GET", "/api/writing/languages", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useWorks() {
  return useQuery({
    queryKey: worksKey,
    queryFn: ({ signal }) => call("GET", "/api/writing/works", { signal }),
    refetchInterval: ({ state: { data } }) => (data?.items.some(isUnderWay) ? LATER : false),
  });
}

export function useWork(id: string) {
  return useQuery({
    queryKey: [...worksKey, id],
    queryFn: ({ signal }) => call("GET", ONE, { path: { work_id: id }, signal }),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? SOON : false),
  });
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
    onSuccess: () => client.invalidateQueries({ queryKey: worksKey, exact: true }),
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

export function useRemoveWork() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", ONE, { path: { work_id: id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: worksKey, exact: true }),
  });
}

export function resultAddress(id: string): string {
  return `/api/writing/works/${encodeURIComponent(id)}/result`;
}

export function useGlossaries() {
  return useQuery({
    queryKey: glossariesKey,
    queryFn: ({ signal }) => call("GET", "/api/writing/glossaries", { signal }),
  });
}

interface NewGlossary {
  readonly file: File;
  readonly kind: GlossaryKind;
  readonly source: string;
  readonly target: string;
}

export function useAddGlossary() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, ...told }: NewGlossary): Promise<Glossary> => {
      const query = new URLSearchParams({ name: file.name, ...told });
      const headers = { "Content-Type": "application/octet-stream" };
      const response = await open("POST", `/api/writing/glossaries?${query}`, { body: file, headers });
      return await response.json();
    },
    onSuccess: () => client.invalidateQueries({ queryKey: glossariesKey }),
  });
}

export function useRemoveGlossary() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", "/api/writing/glossaries/{glossary_id}", { path: { glossary_id: id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: glossariesKey }),
  });
}

export function glossaryAddress(id: string): string {
  return `/api/writing/glossaries/${encodeURIComponent(id)}/file`;
}
