/** The short path on using a model well: counted at its end, read by those who manage adoption. */
import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { call } from "./call";

export function useCompleteLiteracy() {
  return useMutation({ mutationFn: () => call("POST", "/api/literacy/completions", {}) });
}

export function useLiteracy(words: string) {
  return useInfiniteQuery({
    queryKey: ["literacy", words],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/admin/adoption/literacy", { query: { q: words || null, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}
