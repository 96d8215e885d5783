/** Whether the server can be reached; while it cannot, asks again every few seconds. */
import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { call } from "./call";
import { type Connection, connectionKey } from "./client";

export type Reach = Connection | "offline";

const AGAIN_AFTER = 5_000;

export function useReach(): { readonly reach: Reach; readonly tryAgain: () => void } {
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  const { data } = useQuery<Connection>({
    queryKey: connectionKey,
    queryFn: () => "reachable",
    initialData: "reachable",
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const probe = useQuery({
    queryKey: ["health"],
    queryFn: () => call("GET", "/api/health/live", {}),
    enabled: data === "unreachable",
    refetchInterval: AGAIN_AFTER,
    retry: false,
    gcTime: 0,
  });
  return { reach: online ? data : "offline", tryAgain: () => void probe.refetch() };
}

function watchNetwork(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
