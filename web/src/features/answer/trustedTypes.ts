/**
 * The one Trusted Types policy of the page. It blesses nothing that could come from an answer: no text ever becomes HTML
 * here (answers are built node by node), and the only script it lets start is our own worker.
 */
import type { TrustedTypePolicy, TrustedTypePolicyFactory } from "trusted-types/lib";

const OWN_SCRIPT = /^\/assets\/[\w.-]+\.js$/;

let policy: TrustedTypePolicy | undefined;

/** Undefined in a browser without Trusted Types. */
export function trustedTypesPolicy(): TrustedTypePolicy | undefined {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypePolicyFactory };
  if (trustedTypes) policy ??= createPolicy(trustedTypes);
  return policy;
}

function createPolicy(factory: TrustedTypePolicyFactory): TrustedTypePolicy {
  return factory.createPolicy("chatelet", {
    createHTML: (html) => {
      if (html !== "") throw new TypeError("No text becomes HTML in this page");
      return html;
    },
    createScriptURL: (url) => {
      if (!isOwnScript(url)) throw new TypeError("Only the page's own scripts may run");
      return url;
    },
  }) as TrustedTypePolicy;
}

function isOwnScript(address: string): boolean {
  const url = new URL(address, location.href);
  return url.origin === location.origin && (OWN_SCRIPT.test(url.pathname) || import.meta.env.DEV);
}
