/** Places that may be followed, as who manages them sees them; and the sources of a document base. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { collectionsKey } from "./collections";
import type { NewPlace, NewSource, PlaceChange, Source, SourceChange, SourceTrial } from "./types";

const placesKey = ["places"] as const;
const sourcesKey = [...collectionsKey, "followed"] as const;
/** While a source is run: milliseconds. */
const SOON = 2_000;
const LATER = 30_000;

export function usePlaces() {
  return useQuery({ queryKey: placesKey, queryFn: ({ signal }) => call("GET", "/api/admin/places", { signal }) });
}

/** Declares a place, or changes the one of `id`. */
export function useSavePlace(id: string | null) {
  return useOnPlaces((body: NewPlace | PlaceChange) =>
    id === null
      ? call("POST", "/api/admin/places", { body: body as NewPlace })
      : call("PATCH", "/api/admin/places/{place_id}", { path: { place_id: id }, body }),
  );
}

export function useWithdrawPlace() {
  return useOnPlaces((id: string) => call("DELETE", "/api/admin/places/{place_id}", { path: { place_id: id } }));
}

export function useTryPlace(id: string) {
  return useMutation({
    mutationFn: (path: string) =>
      call("POST", "/api/admin/places/{place_id}/trial", { path: { place_id: id }, body: { path } }),
  });
}

function useOnPlaces<Given, Told>(act: (given: Given) => Promise<Told>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries({ queryKey: placesKey }) });
}

/** The sources of a base; asked again while one is run. What the base says of itself is asked anew once one has run. */
export function useSources(collection: string) {
  const client = useQueryClient();
  const queryKey = [...sourcesKey, "list", collection];
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const path = { collection_id: collection };
      const told = await call("GET", "/api/collections/{collection_id}/sources", { path, signal });
      const before = client.getQueryData<typeof told>(queryKey);
      if (before && endings(before.items) !== endings(told.items))
        void client.invalidateQueries({ queryKey: [...collectionsKey, "one", collection] });
      return told;
    },
    select: (list) => list.items,
    refetchInterval: ({ state }) => (state.data?.items.some(isBusy) ? SOON : LATER),
  });
}

function endings(sources: readonly Source[]): string {
  return sources.map(({ ended_at }) => ended_at).join();
}

/** A source that is run, or is about to be. */
export function isBusy({ running, paused, due_at }: Source): boolean {
  return running || (!paused && due_at !== null && Date.parse(due_at) <= Date.now());
}

/** The places that a base may follow. */
export function usePlaceChoices(collection: string) {
  return useQuery({
    queryKey: [...sourcesKey, "places", collection],
    queryFn: ({ signal }) =>
      call("GET", "/api/collections/{collection_id}/places", { path: { collection_id: collection }, signal }),
    select: (list) => list.items,
  });
}

export function useFailures(source: Source) {
  return useQuery({
    queryKey: [...sourcesKey, "failures", source.id, source.ended_at],
    queryFn: ({ signal }) =>
      call("GET", "/api/sources/{source_id}/failures", { path: { source_id: source.id }, signal }),
  });
}

export function useTrySource(collection: string) {
  return useMutation({
    mutationFn: (body: SourceTrial) =>
      call("POST", "/api/collections/{collection_id}/sources/trial", { path: { collection_id: collection }, body }),
  });
}

export function useMakeSource(collection: string) {
  return useOnSources((body: NewSource) =>
    call("POST", "/api/collections/{collection_id}/sources", { path: { collection_id: collection }, body }),
  );
}

export function useChangeSource(id: string) {
  return useOnSources((body: SourceChange) =>
    call("PATCH", "/api/sources/{source_id}", { path: { source_id: id }, body }),
  );
}

export function useRunSource(id: string) {
  return useOnSources(() => call("POST", "/api/sources/{source_id}/runs", { path: { source_id: id } }));
}

/** Lets the documents go that a run did not dare to delete: as many as the person was told. */
export function useConfirmRemovals(id: string) {
  return useOnSources((documents: number) =>
    call("POST", "/api/sources/{source_id}/confirmation", { path: { source_id: id }, body: { documents } }),
  );
}

export function useRemoveSource(id: string) {
  return useOnSources((documents: "keep" | "delete") =>
    call("POST", "/api/sources/{source_id}/removal", { path: { source_id: id }, body: { documents } }),
  );
}

function useOnSources<Given, Told>(act: (given: Given) => Promise<Told>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries({ queryKey: collectionsKey }) });
}
