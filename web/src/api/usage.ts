/** What was used: one's own figures, and those of units for administrators. */
import { useQuery } from "@tanstack/react-query";
import { call } from "./call";
import { address } from "./http";

export function useOwnUsage() {
  return useQuery({
    queryKey: ["usage", "own"],
    queryFn: ({ signal }) => call("GET", "/api/usage/current", { signal }),
  });
}

export interface UsagePeriod {
  /** Null: all that one may see. */
  readonly unit: string | null;
  /** YYYY-MM. */
  readonly from: string;
}

export function useUnitsUsage({ unit, from }: UsagePeriod) {
  return useQuery({
    queryKey: ["usage", "units", unit, from],
    queryFn: ({ signal }) => call("GET", "/api/admin/usage", { query: { unit, from }, signal }),
    placeholderData: (previous) => previous,
  });
}

export function usageFile({ unit, from }: UsagePeriod, format: "csv" | "parquet"): string {
  return address("/api/admin/usage/export", { unit, from, format });
}
