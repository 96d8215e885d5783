/**
 * One-time links (first administrator, invitation) carry their secret in the fragment, which never reaches a server or
 * a log. It is taken out of the address before anything is drawn, kept in memory only, and used once. A refused sign-in
 * at a provider comes back the same way, with its code and no secret: the address asked for stays.
 */

export type OneTimeLink =
  | { readonly kind: "installation"; readonly secret: string }
  | { readonly kind: "invitation"; readonly token: string }
  | { readonly kind: "emergency"; readonly secret: string }
  | { readonly kind: "refusal"; readonly code: string; readonly provider: string }
  /** After an erasure: where the certificate will be. */
  | { readonly kind: "erased"; readonly reference: string }
  /** Without a token: the way in for whoever holds a code, or asks to be registered. */
  | { readonly kind: "activation" | "registration"; readonly token: string | null };

export function parseOneTimeLink(fragment: string): OneTimeLink | null {
  const [path = "", query = ""] = fragment.replace(/^#\/?/, "").split("?");
  const values = new URLSearchParams(query);
  const secret = values.get("secret");
  const token = values.get("token");
  if (path === "install" && secret) return { kind: "installation", secret };
  const refused = values.get("refused");
  if (path === "emergency" && secret) return { kind: "emergency", secret };
  if (path === "sign-in" && refused) return { kind: "refusal", code: refused, provider: values.get("provider") ?? "" };
  const reference = values.get("reference");
  if (path === "erased" && reference) return { kind: "erased", reference };
  if (path === "invitation" && token) return { kind: "invitation", token };
  if (path === "activation" || path === "registration") return { kind: path, token };
  return null;
}

/** Reads the link of the current address and removes it from the address and from the history. */
export function takeOneTimeLink(): OneTimeLink | null {
  const link = parseOneTimeLink(window.location.hash);
  if (link) window.history.replaceState(null, "", link.kind === "refusal" ? window.location.pathname : "/");
  return link;
}
