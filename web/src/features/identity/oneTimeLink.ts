/**
 * One-time links (first administrator, invitation) carry their secret in the fragment, which never reaches a server or
 * a log. It is taken out of the address before anything is drawn, kept in memory only, and used once.
 */

export type OneTimeLink =
  | { readonly kind: "installation"; readonly secret: string }
  | { readonly kind: "invitation"; readonly token: string }
  /** Without a token: the way in for whoever holds a code, or asks to be registered. */
  | { readonly kind: "activation" | "registration"; readonly token: string | null };

export function parseOneTimeLink(fragment: string): OneTimeLink | null {
  const [path = "", query = ""] = fragment.replace(/^#\/?/, "").split("?");
  const values = new URLSearchParams(query);
  const secret = values.get("secret");
  const token = values.get("token");
  if (path === "install" && secret) return { kind: "installation", secret };
  if (path === "invitation" && token) return { kind: "invitation", token };
  if (path === "activation" || path === "registration") return { kind: path, token };
  return null;
}

/** Reads the link of the current address and removes it from the address and from the history. */
export function takeOneTimeLink(): OneTimeLink | null {
  const link = parseOneTimeLink(window.location.hash);
  if (link) window.history.replaceState(null, "", "/");
  return link;
}
