/** How a key stands, and the uses it may be narrowed to. Pure; the server decides again, and last. */
import type { Key, KeyRoute } from "#/api/types";

export type KeyState = "active" | "expired" | "revoked";

export const ROUTES = ["chat", "responses", "embeddings", "rerank", "models"] as const satisfies readonly KeyRoute[];

export const LIVES = [30, 90, 180, 365] as const;

export function stateOf(key: Pick<Key, "revoked_at" | "expires_at">, now = Date.now()): KeyState {
  if (key.revoked_at) return "revoked";
  return new Date(key.expires_at).getTime() <= now ? "expired" : "active";
}

/** The lives to choose from, none longer than the installation allows. */
export function livesWithin(longest: number): readonly number[] {
  const allowed = LIVES.filter((days) => days <= longest);
  return allowed.length > 0 ? allowed : [longest];
}

/** What was typed in one field, separated by spaces, commas or line ends. */
export function listed(typed: string): readonly string[] {
  return typed.split(/[\s,;]+/).filter(Boolean);
}
