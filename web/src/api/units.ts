/** Units, found by words of their name or code, for forms that choose one. */
import { useQuery } from "@tanstack/react-query";
import { call } from "./call";

const SHOWN = 50;

/** Those found; without words, the topmost that one may see. */
export function useUnitSearch(words: string) {
  return useQuery({
    queryKey: ["units", "search", words],
    queryFn: ({ signal }) => call("GET", "/api/admin/units", { query: { q: words || null, limit: SHOWN }, signal }),
    select: (page) => page.items,
    placeholderData: (previous) => previous,
  });
}
