import { afterEach, describe, expect, test } from "vitest";
import { parseOneTimeLink, takeOneTimeLink } from "./oneTimeLink";

afterEach(() => window.history.replaceState(null, "", "/"));

describe("parseOneTimeLink", () => {
  test("reads the two kinds", () => {
    expect(parseOneTimeLink("#/install?secret=a-b_c")).toEqual({ kind: "installation", secret: "a-b_c" });
    expect(parseOneTimeLink("#/invitation?token=t0k")).toEqual({ kind: "invitation", token: "t0k" });
  });

  test("reads what a provider's return brings", () => {
    expect(parseOneTimeLink("#/emergency?secret=s3")).toEqual({ kind: "emergency", secret: "s3" });
    const told = { kind: "refusal", code: "sign_in_not_known", provider: "agora" };
    expect(parseOneTimeLink("#/sign-in?refused=sign_in_not_known&provider=agora")).toEqual(told);
    expect(parseOneTimeLink("#/sign-in?provider=agora")).toBeNull();
  });

  test("anything else is not one", () => {
    for (const fragment of [
      "",
      "#",
      "#content",
      "#/install",
      "#/install?secret=",
      "#/install?token=x",
      "#/x?secret=y",
    ]) {
      expect(parseOneTimeLink(fragment)).toBeNull();
    }
  });
});

describe("takeOneTimeLink", () => {
  test("takes the secret out of the address", () => {
    window.history.replaceState(null, "", "/#/install?secret=abc");
    expect(takeOneTimeLink()).toEqual({ kind: "installation", secret: "abc" });
    expect(window.location.href).not.toContain("abc");
    expect(takeOneTimeLink()).toBeNull();
  });

  test("a refused sign-in keeps the address that was asked for", () => {
    window.history.replaceState(null, "", "/c/1#/sign-in?refused=sign_in_flow_invalid&provider=agora");
    expect(takeOneTimeLink()?.kind).toBe("refusal");
    expect(window.location.pathname + window.location.hash).toBe("/c/1");
  });

  test("leaves other addresses alone", () => {
    window.history.replaceState(null, "", "/c/1#content");
    expect(takeOneTimeLink()).toBeNull();
    expect(window.location.hash).toBe("#content");
  });
});
