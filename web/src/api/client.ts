/** The cache of server state. The session and the connection are watched here, for queries, mutations and streams alike. */
import { type Query, QueryClient } from "@tanstack/react-query";
import { ApiError, UNREACHABLE, watchOutcomes, watchReturn } from "./http";

/** `expired`: a session existed on this page and the server no longer knows it. */
export const expiredKey = ["session", "expired"] as const;
export const charterKey = ["charter"] as const;
export const connectionKey = ["connection"] as const;

export type Connection = "reachable" | "unreachable";

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: { retry: worthRetrying, staleTime: 30_000, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });
  watchOutcomes((outcome) => {
    client.setQueryData<Connection>(connectionKey, outcome === "unreachable" ? "unreachable" : "reachable");
    if (outcome === "signed_out") client.setQueryData(expiredKey, true);
    // Published while this page was open: the page shows it before the next question.
    if (outcome === "charter_first") void client.invalidateQueries({ queryKey: charterKey });
  });
  // What could not be read while the server was away is read when it is back, without anybody having to ask.
  watchReturn(() => {
    const failed = { type: "active", predicate: ({ state }: Query) => state.status === "error" } as const;
    void client.refetchQueries(failed, { cancelRefetch: false });
  });
  return client;
}

function worthRetrying(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiError && error.code === UNREACHABLE;
}
