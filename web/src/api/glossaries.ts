/** Glossaries and translation memories: brought, begun, edited, taken away. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { open } from "./http";
import type { Glossary, GlossaryKind, GlossaryLine } from "./types";

const glossariesKey = ["writing", "glossaries"] as const;
const ONE = "/api/writing/glossaries/{glossary_id}" as const;
const BINARY = { "Content-Type": "application/octet-stream" };
const at = (id: string) => ({ path: { glossary_id: id } });

export function useGlossaries() {
  return useQuery({
    queryKey: glossariesKey,
    queryFn: ({ signal }) => call("GET", "/api/writing/glossaries", { signal }),
  });
}

/** Null: there is no such one, or no more. */
export function useGlossary(id: string) {
  const list = useGlossaries();
  return { ...list, data: list.data && (list.data.items.find((one) => one.id === id) ?? null) };
}

interface BroughtGlossary {
  readonly file: File;
  readonly kind: GlossaryKind;
  readonly source: string;
  readonly target: string;
  readonly unitId: string | null;
}

export function useAddGlossary() {
  return useChange(async ({ file, kind, source, target, unitId }: BroughtGlossary): Promise<Glossary> => {
    const query = new URLSearchParams({ name: file.name, kind, source, target, ...(unitId && { unit_id: unitId }) });
    const response = await open("POST", `/api/writing/glossaries?${query}`, { body: file, headers: BINARY });
    return await response.json();
  });
}

interface BegunGlossary {
  readonly kind: GlossaryKind;
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly unit_id: string | null;
}

export function useBeginGlossary() {
  return useChange((body: BegunGlossary) => call("POST", "/api/writing/glossaries/blank", { body }));
}

/** Adds the lines of a file to it. */
export function useBringLines(id: string) {
  return useChange(async (file: File): Promise<Glossary> => {
    const path = `/api/writing/glossaries/${encodeURIComponent(id)}/file`;
    const response = await open("POST", path, { body: file, headers: BINARY });
    return await response.json();
  });
}

interface Change {
  readonly name?: string;
  readonly by_default?: boolean;
  readonly removed?: { readonly source: string; readonly target: string }[];
  readonly added?: GlossaryLine[];
}

export function useChangeGlossary(id: string) {
  return useChange((change: Change) => call("PATCH", ONE, { ...at(id), body: { removed: [], added: [], ...change } }));
}

export function useRemoveGlossary() {
  return useChange((id: string) => call("DELETE", ONE, at(id)));
}

export function useGlossaryLines(id: string, words: string, after: number) {
  return useQuery({
    queryKey: [...glossariesKey, id, "lines", words, after],
    queryFn: ({ signal }) => call("GET", `${ONE}/lines`, { ...at(id), query: { words, after }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function glossaryAddress(id: string): string {
  return `/api/writing/glossaries/${encodeURIComponent(id)}/file`;
}

function useChange<Given, Got>(change: (given: Given) => Promise<Got>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: glossariesKey }),
  });
}
