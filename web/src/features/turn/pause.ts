/** Waits between two attempts to reach the server, cut short when the network or the page comes back. */

/** Milliseconds before each new attempt; the last one repeats. */
export const PAUSES: readonly number[] = [250, 1_000, 2_000, 4_000, 8_000, 15_000];

export function pauseAfter(failures: number, pauses: readonly number[] = PAUSES): number {
  const longest = pauses.at(-1) ?? 0;
  const pause = pauses[failures - 1] ?? longest;
  // Up to a fifth more, so that a thousand pages do not all come back in the same instant.
  return pause * (1 + Math.random() / 5);
}

/** Resolves after the delay, at once when the browser is online or visible again, and when the signal aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const ended = new AbortController();
    const end = () => {
      clearTimeout(timer);
      ended.abort();
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    const seen = () => {
      if (document.visibilityState === "visible") end();
    };
    window.addEventListener("online", end, { signal: ended.signal });
    document.addEventListener("visibilitychange", seen, { signal: ended.signal });
    signal.addEventListener("abort", end, { signal: ended.signal });
    if (signal.aborted) end();
  });
}
