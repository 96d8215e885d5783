/** Kinds of sites as the page offers them: the four that are told, and the one that is never read. */
import type { NewWebSite, WebSitesTaken } from "#/api/types";

export const KINDS = ["official", "press", "reference", "other", "denied"] as const;
export type Kind = (typeof KINDS)[number];

export function tierOf(kind: Kind): NewWebSite["tier"] {
  return kind === "denied" ? null : kind;
}

/** The numbers of lines that were not understood, as they are read: a few, then how many more. */
export function refusedLines({ refused }: WebSitesTaken, most = 12): { readonly lines: string; readonly more: number } {
  return { lines: refused.slice(0, most).join(", "), more: Math.max(0, refused.length - most) };
}
