/** Units to choose from, by name or code. */
import { useQuery } from "@tanstack/react-query";
import { call } from "./call";

export function useUnits(words: string) {
  return useQuery({
    queryKey: ["units", words],
    queryFn: ({ signal }) => call("GET", "/api/admin/adoption/units", { query: { q: words || null }, signal }),
    placeholderData: (previous) => previous,
  });
}
