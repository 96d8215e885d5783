/** The document bases in which a person may ask, found by words of their name. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call } from "./call";

export function useReadableCollections(words: string) {
  return useQuery({
    queryKey: ["collections", "readable", words],
    queryFn: ({ signal }) =>
      call("GET", "/api/collections", { query: { q: words === "" ? null : words, limit: 50 }, signal }),
    select: (page) => page.items,
    placeholderData: keepPreviousData,
  });
}
