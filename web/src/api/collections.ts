/** Document bases: those one may read, their documents, with whom they are shared. */
import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { Collection, CollectionChange, Doc, DocChange, NewCollection, Part } from "./types";

export const collectionsKey = ["collections"] as const;
/** While a document is read, and while it waits for nothing but the index: milliseconds. */
const SOON = 1_500;
const LATER = 8_000;

export function useCollections(words: string) {
  return useInfiniteQuery({
    queryKey: [...collectionsKey, "list", words],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/collections", { query: { q: words || null, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (previous) => previous,
  });
}

export function useCollection(id: string) {
  return useQuery({
    queryKey: [...collectionsKey, "one", id],
    queryFn: ({ signal }) => call("GET", "/api/collections/{collection_id}", { path: { collection_id: id }, signal }),
  });
}

export type DocumentsState = "all" | "failed" | "badly_read" | "due";
export type DocumentsSort = "name" | "updated";

export interface WantedDocuments {
  /** Null: of every folder. */
  readonly folder: string | null;
  readonly words: string;
  readonly state: DocumentsState;
  readonly sort: DocumentsSort;
}

/** The documents of a base; asked again while some are being read. */
export function useDocuments(id: string, { folder, words, state, sort }: WantedDocuments) {
  return useInfiniteQuery({
    queryKey: [...collectionsKey, "documents", id, folder, words, state, sort],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/collections/{collection_id}/documents", {
        path: { collection_id: id },
        query: { folder, q: words || null, state, sort, cursor: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (previous) => previous,
    refetchInterval: ({ state: { data } }) => nextLook(data?.pages.flatMap((page) => page.items) ?? []),
  });
}

function nextLook(documents: readonly Doc[]): number | false {
  const waiting = documents.filter(({ version, file }) => version.state === "waiting" && file.state !== "failed");
  if (waiting.length === 0) return false;
  return waiting.some(({ file }) => file.state !== "read") ? SOON : LATER;
}

export function useVersions(documentId: string) {
  return useQuery({
    queryKey: [...collectionsKey, "versions", documentId],
    queryFn: ({ signal }) =>
      call("GET", "/api/documents/{document_id}/versions", { path: { document_id: documentId }, signal }),
    select: (list) => list.items,
  });
}

export function useShares(id: string) {
  return useQuery({
    queryKey: [...collectionsKey, "shares", id],
    queryFn: ({ signal }) =>
      call("GET", "/api/collections/{collection_id}/grants", { path: { collection_id: id }, signal }),
    select: (list) => list.items,
  });
}

/** Units with which one may share, or that may own a base one makes. */
export function useCollectionUnits(purpose: "publish" | "curate", words: string) {
  return useQuery({
    queryKey: ["units", purpose, words],
    queryFn: ({ signal }) =>
      call("GET", "/api/collections/units", { query: { for: purpose, q: words || null }, signal }),
    placeholderData: (previous) => previous,
  });
}

/** Does something to bases; all that is known of them is read again. */
function useChange<Given, Told>(act: (given: Given) => Promise<Told>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => refreshCollections(client) });
}

export function refreshCollections(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: collectionsKey });
}

export function useCreateCollection() {
  return useChange((body: Partial<NewCollection>) => call("POST", "/api/collections", { body }));
}

export function useChangeCollection(id: string) {
  return useChange((body: CollectionChange) =>
    call("PATCH", "/api/collections/{collection_id}", { path: { collection_id: id }, body }),
  );
}

export function useDeleteCollection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", "/api/collections/{collection_id}", { path: { collection_id: id } }),
    // What was asked of the base itself would only be answered that it is gone.
    onSuccess: () => client.invalidateQueries({ queryKey: [...collectionsKey, "list"] }),
  });
}

export function useShare(id: string) {
  return useChange((body: { readonly email?: string; readonly unit_id?: string; readonly part: Part }) =>
    call("POST", "/api/collections/{collection_id}/grants", { path: { collection_id: id }, body }),
  );
}

export function useUnshare(id: string) {
  return useChange((share: string) =>
    call("DELETE", "/api/collections/{collection_id}/grants/{share_id}", {
      path: { collection_id: id, share_id: share },
    }),
  );
}

export interface NewDocument {
  readonly collection: Collection["id"];
  readonly file: string;
  readonly folder: string;
}

export function addDocument({ collection, file, folder }: NewDocument): Promise<unknown> {
  return call("POST", "/api/collections/{collection_id}/documents", {
    path: { collection_id: collection },
    body: { items: [{ file_id: file, folder, tags: [] }] },
  });
}

export function useChangeDocument(id: string) {
  return useChange((body: DocChange) =>
    call("PATCH", "/api/documents/{document_id}", { path: { document_id: id }, body }),
  );
}

export function useReadAgain() {
  return useChange((id: string) => call("POST", "/api/documents/{document_id}/read", { path: { document_id: id } }));
}

export function useRestore(id: string) {
  return useChange((version: string) =>
    call("POST", "/api/documents/{document_id}/versions/{version_id}/restore", {
      path: { document_id: id, version_id: version },
    }),
  );
}

/** What moving, or deleting, the documents chosen would do. */
export function useChoicePreview(id: string, ids: readonly string[], folder: string | null) {
  return useQuery({
    queryKey: [...collectionsKey, "preview", id, ids, folder],
    queryFn: () => (folder === null ? remove(id, ids, true) : move(id, ids, folder, true)),
  });
}

export function useMoveDocuments(id: string) {
  return useChange(({ ids, folder }: { readonly ids: readonly string[]; readonly folder: string }) =>
    move(id, ids, folder, false),
  );
}

export function useRemoveDocuments(id: string) {
  return useChange((ids: readonly string[]) => remove(id, ids, false));
}

function move(id: string, ids: readonly string[], folder: string, dry: boolean) {
  return call("POST", "/api/collections/{collection_id}/documents/moves", {
    path: { collection_id: id },
    body: { ids: [...ids], folder, dry_run: dry },
  });
}

function remove(id: string, ids: readonly string[], dry: boolean) {
  return call("POST", "/api/collections/{collection_id}/documents/removals", {
    path: { collection_id: id },
    body: { ids: [...ids], dry_run: dry },
  });
}

/** What a question finds, for those who curate the base. */
export function useTryQuestion(id: string) {
  return useMutation({
    mutationFn: (question: string) =>
      call("POST", "/api/collections/{collection_id}/search", { path: { collection_id: id }, body: { question } }),
  });
}

export type UseOrder = "passages" | "name";

/** What of a base answers were not given for so many days: counts, never whose questions. */
export function useCollectionUse(id: string, days: number, sort: UseOrder) {
  return useQuery({
    queryKey: [...collectionsKey, "use", id, days, sort],
    queryFn: ({ signal }) =>
      call("GET", "/api/collections/{collection_id}/use", {
        path: { collection_id: id },
        query: { days, sort },
        signal,
      }),
    placeholderData: (previous) => previous,
  });
}
