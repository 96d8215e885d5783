/** Waits between two attempts to reach the server, cut short when the server, the network or the page comes back. */
import { watchReturn } from "#/api/http";

/** Milliseconds before each new attempt; the last one repeats. */
export const PAUSES: readonly number[] = [250, 1_000, 2_000, 4_000, 8_000, 15_000];

export function pauseAfter(failures: number, pauses: readonly number[] = PAUSES): number {
  const longest = pauses.at(-1) ?? 0;
  const pause = pauses[failures - 1] ?? longest;
  // Up to a fifth more, so that a thousand pages do not all come back in the same instant.
  return pause * (1 + Math.random() / 5);
}

/** Milliseconds over which pages that see the same thing come back share themselves out. */
export const SPREAD = 1_000;

/** Resolves after the delay; before it when the server answers again or the browser is online or visible again. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const ended = new AbortController();
    const end = () => {
      clearTimeout(timer);
      clearTimeout(sooner);
      forget();
      ended.abort();
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    let sooner: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      sooner ??= setTimeout(end, Math.random() * SPREAD);
    };
    const forget = watchReturn(soon);
    const seen = () => {
      if (document.visibilityState === "visible") end();
    };
    window.addEventListener("online", soon, { signal: ended.signal });
    document.addEventListener("visibilitychange", seen, { signal: ended.signal });
    signal.addEventListener("abort", end, { signal: ended.signal });
    if (signal.aborted) end();
  });
}
