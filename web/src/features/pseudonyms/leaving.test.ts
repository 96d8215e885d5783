import { describe, expect, test } from "vitest";
import type { Look } from "#/api/types";
import { leavingOf } from "./leaving";

const RULE = { categories: ["personal", "banking"], lowest_level: "internal" } as const;
const LEAST = { level: "internal", categories: [] } as const;

function look(kind: "pii" | "secrets"): Look {
  return {
    level: "restricted",
    categories: [],
    verdict: "warn",
    spotted: [{ kind, type: "any", start: 0, end: 1 }],
  };
}

describe("leavingOf", () => {
  test("leaves out what names and accounts brought", () => {
    const whole = { level: "restricted", categories: ["personal", "banking"] } as const;
    expect(leavingOf(RULE, { least: LEAST, whole, found: look("pii") })).toEqual(LEAST);
  });
  test("keeps health, and what people decided", () => {
    const whole = { level: "restricted", categories: ["personal", "health"] } as const;
    const least = { level: "restricted", categories: ["personal"] } as const;
    expect(leavingOf(RULE, { least, whole, found: null })).toEqual(whole);
  });
  test("keeps the level of a secret", () => {
    const whole = { level: "restricted", categories: [] } as const;
    expect(leavingOf(RULE, { least: LEAST, whole, found: look("secrets") }).level).toBe("restricted");
  });
  test("does not raise what is public", () => {
    const whole = { level: "public", categories: [] } as const;
    expect(leavingOf(RULE, { least: whole, whole, found: null }).level).toBe("public");
  });
});
