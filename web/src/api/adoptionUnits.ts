/** Units to choose from in the waves and the charter, by name or code. */
import { useQuery } from "@tanstack/react-query";
import { call } from "./call";

export function useAdoptionUnits(words: string) {
  return useQuery({
    queryKey: ["units", "adoption", words],
    queryFn: ({ signal }) => call("GET", "/api/admin/adoption/units", { query: { q: words || null }, signal }),
    placeholderData: (previous) => previous,
  });
}
