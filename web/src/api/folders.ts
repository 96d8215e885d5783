/** Folders of a person's conversations. They are read with the list; here are their changes. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { refreshLists } from "./conversations";

export function useCreateFolder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call("POST", "/api/folders", { body: { name } }),
    onSettled: () => refreshLists(client),
  });
}

export function useRenameFolder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, name }: { readonly id: string; readonly name: string }) =>
      call("PATCH", "/api/folders/{folder_id}", { path: { folder_id: id }, body: { name } }),
    onSettled: () => refreshLists(client),
  });
}

export function useDeleteFolder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", "/api/folders/{folder_id}", { path: { folder_id: id } }),
    onSettled: () => refreshLists(client),
  });
}
