/** The search of the web: who receives queries, the one proposed for a draft, and the pages that were read. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call } from "./call";
import type { PageOfWeb } from "./types";

const PAGES = "/api/conversations/{conversation_id}/web-pages" as const;

/** What the search of the web is here; without engines there is none. */
export function useWebSearch() {
  return useQuery({
    queryKey: ["web", "search"],
    queryFn: ({ signal }) => call("GET", "/api/web-search", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Where words are being written: what is said and given there is looked at, to take it out of a query. */
export interface WrittenIn {
  readonly conversationId: string | null;
  readonly files: readonly string[];
}

/** The query proposed for words not sent yet; nothing of them is kept. */
export function useProposedQuery(text: string, { conversationId, files }: WrittenIn, enabled: boolean) {
  return useQuery({
    queryKey: ["web", "query", text, conversationId, files],
    queryFn: ({ signal }) =>
      call("POST", "/api/web-search/query", {
        body: { text, conversation_id: conversationId, files: [...files] },
        signal,
      }),
    enabled: enabled && text !== "",
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

/** Pages read in a conversation, by identifier; asked again when an answer tells of others. */
export function useWebPages(conversationId: string, ids: readonly string[]) {
  return useQuery({
    queryKey: ["web", "pages", conversationId, [...new Set(ids)].sort()],
    queryFn: ({ signal }) => call("GET", PAGES, { path: { conversation_id: conversationId }, signal }),
    select: (found): ReadonlyMap<string, PageOfWeb> => new Map(found.items.map((page) => [page.id, page])),
    enabled: conversationId !== "" && ids.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A page as it was read. */
export function useWebPage(conversationId: string, pageId: string) {
  return useQuery({
    queryKey: ["web", "page", conversationId, pageId],
    queryFn: ({ signal }) =>
      call("GET", `${PAGES}/{page_id}`, { path: { conversation_id: conversationId, page_id: pageId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
