/** Contests of safeguards and incidents: one's own, and the security officer's desk. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import type { NewReport, ReportAnswer } from "./types";

const OWN = ["reports", "own"] as const;
const DESK = ["reports", "desk"] as const;

export function useOwnReports() {
  return useQuery({ queryKey: OWN, queryFn: ({ signal }) => call("GET", "/api/reports", { signal }) });
}

export function useMakeReport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewReport) => call("POST", "/api/reports", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: OWN }),
  });
}

export function useDeskReports() {
  return useQuery({ queryKey: DESK, queryFn: ({ signal }) => call("GET", "/api/admin/reports", { signal }) });
}

export function useAnswerReport(reportId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ReportAnswer) =>
      call("PATCH", "/api/admin/reports/{report_id}", { path: { report_id: reportId }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: DESK }),
  });
}
