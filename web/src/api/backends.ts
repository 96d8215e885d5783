/** Servers of models, and the models offered from them, for administrators. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { modelsKey } from "./models";
import type { Backend, OfferedModel, Zone } from "./types";

const backendsKey = ["backends"] as const;
const offeredKey = ["offered-models"] as const;

export function useBackends() {
  return useQuery({
    queryKey: backendsKey,
    queryFn: ({ signal }) => call("GET", "/api/admin/backends", { signal }),
    select: (page) => page.items,
    refetchInterval: 15_000,
  });
}

export interface BackendFields {
  readonly url: string;
  readonly zone: Zone;
  readonly enabled: boolean;
  /** Null: the server keeps its own queue. */
  readonly concurrent_answers: number | null;
  readonly prefix_cache: Backend["prefix_cache"];
  /** Absent: unchanged. Never read back. */
  readonly api_key?: string;
}

export function useSaveBackend(isNew: boolean) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, ...fields }: BackendFields & { readonly name: string }) =>
      isNew
        ? call("POST", "/api/admin/backends", { body: { name, ...fields } })
        : call("PATCH", "/api/admin/backends/{name}", { path: { name }, body: fields }),
    onSettled: () => refresh(client),
  });
}

export function useDeleteBackend() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call("DELETE", "/api/admin/backends/{name}", { path: { name } }),
    onSettled: () => refresh(client),
  });
}

export function useProbeBackend() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call("POST", "/api/admin/backends/{name}/probe", { path: { name } }),
    onSettled: () => refresh(client),
  });
}

export function useOfferedModels() {
  return useQuery({
    queryKey: offeredKey,
    queryFn: ({ signal }) => call("GET", "/api/admin/models", { signal }),
    select: (page) => page.items,
  });
}

/** What the form of a model holds. */
export type OfferedModelFields = Omit<
  OfferedModel,
  "source" | "created_at" | "updated_at" | "languages" | "position" | "active_parameters_billions"
>;

export function useSaveModel(isNew: boolean) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...fields }: OfferedModelFields) =>
      isNew
        ? call("POST", "/api/admin/models", { body: { id, ...fields } })
        : call("PATCH", "/api/admin/models/{model_id}", { path: { model_id: id }, body: fields }),
    onSettled: () => refresh(client),
  });
}

export function useDeleteModel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", "/api/admin/models/{model_id}", { path: { model_id: id } }),
    onSettled: () => refresh(client),
  });
}

async function refresh(client: QueryClient): Promise<void> {
  await Promise.all([backendsKey, offeredKey, modelsKey].map((queryKey) => client.invalidateQueries({ queryKey })));
}
