/** The network's exits: what may be contacted, and what was over some days. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call } from "./call";
import { address } from "./http";

export function useExits(days: number) {
  return useQuery({
    queryKey: ["egress", days] as const,
    queryFn: ({ signal }) => call("GET", "/api/admin/egress", { query: { days }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Where what was contacted is downloaded, day after day. */
export function exitsFile(days: number): string {
  return address("/api/admin/egress/export", { days: String(days) });
}
