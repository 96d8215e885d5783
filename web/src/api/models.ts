/** The models offered to people, with their state; asked often while one of them is loading. */
import { useQuery } from "@tanstack/react-query";
import { call } from "./call";
import type { Model } from "./types";

export const modelsKey = ["models"] as const;

export function useModels() {
  return useQuery({
    queryKey: modelsKey,
    queryFn: ({ signal }) => call("GET", "/api/models", { signal }),
    select: (page) => page.items,
    refetchInterval: ({ state }) => (state.data?.items.some(isComing) ? 2_000 : 60_000),
  });
}

/** Every model, those that answer no question too: what a key may be narrowed to. */
export function useEveryModel() {
  return useQuery({
    queryKey: [...modelsKey, "every"],
    queryFn: ({ signal }) => call("GET", "/api/models", { query: { every: true }, signal }),
    select: (page) => page.items,
  });
}

function isComing(model: Model): boolean {
  return model.state === "loading" || model.state === "unknown";
}
