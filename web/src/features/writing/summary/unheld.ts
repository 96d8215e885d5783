/** The sentences that no passage holds, each once, with the reason; positions count code points. Pure. */
import type { Citation } from "#/api/types";

export interface Unheld {
  readonly start: number;
  readonly words: string;
  readonly reason: NonNullable<Citation["reason"]>;
}

export function unheldOf(text: string, checks: readonly Citation[]): readonly Unheld[] {
  const held = new Set(checks.flatMap(({ verified, start }) => (verified ? [start] : [])));
  const points = Array.from(text);
  const found = new Map<number, Unheld>();
  for (const { start, end, reason } of checks) {
    if (reason == null || held.has(start) || found.has(start)) continue;
    const words = points
      .slice(start, end)
      .join("")
      .replace(/\s*\[\d+\]/g, "");
    found.set(start, { start, words, reason });
  }
  return [...found.values()];
}
