/** The governance file: its versions, and what changed since. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";

const key = ["governanceFile"] as const;

export function useFileVersions() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call("GET", "/api/admin/privacy/file", { signal }),
  });
}

export function useGenerateFile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call("POST", "/api/admin/privacy/file", {}),
    onSuccess: (versions) => client.setQueryData(key, versions),
  });
}

export const fileAddress = (id: string, form: "odt" | "pdf" | "docx", language: "fr" | "en") =>
  `/api/admin/privacy/file/${encodeURIComponent(id)}?form=${form}&language=${language}`;
