/** Lists of sites of the web: official, press, reference, other, or never read. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { open } from "./http";
import type { NewWebSite } from "./types";

const key = ["webSites"] as const;

export function useWebSites() {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => call("GET", "/api/admin/web-sites", { signal }) });
}

export function useAddWebSite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewWebSite) => call("POST", "/api/admin/web-sites", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useRemoveWebSite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", "/api/admin/web-sites/{site_id}", { path: { site_id: id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useTakeWebSites() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly text: string; readonly unit_id: string | null }) =>
      call("POST", "/api/admin/web-sites/file", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useWebSitesFile() {
  return useMutation({ mutationFn: async () => await (await open("GET", "/api/admin/web-sites/file")).blob() });
}

export function usePreviewWebSite() {
  return useMutation({
    mutationFn: (body: { readonly address: string; readonly unit_id: string | null }) =>
      call("POST", "/api/admin/web-sites/preview", { body }),
  });
}
