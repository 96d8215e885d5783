/** The short path on using a model well: counted at its end, read by those who manage adoption. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { call } from "./call";

export function useCompleteLiteracy() {
  return useMutation({ mutationFn: () => call("POST", "/api/literacy/completions", {}) });
}

export function useLiteracy() {
  return useQuery({
    queryKey: ["literacy"],
    queryFn: ({ signal }) => call("GET", "/api/admin/adoption/literacy", { signal }),
  });
}
