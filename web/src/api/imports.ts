/** Tables of units and of persons: sent as they are, tried or applied. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { open } from "./http";
import type { ImportReport } from "./types";

export interface TableToImport {
  readonly kind: ImportReport["kind"];
  readonly file: File;
  readonly apply: boolean;
}

export function useImportTable() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ kind, file, apply }: TableToImport): Promise<ImportReport> => {
      const response = await open("POST", `/api/admin/imports/${kind}`, { body: file, query: { apply } });
      return await response.json();
    },
    onSuccess: (report) => (report.applied ? client.invalidateQueries() : undefined),
  });
}
