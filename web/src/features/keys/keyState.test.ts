import { describe, expect, it } from "vitest";
import { listed, livesWithin, stateOf } from "./keyState";

describe("a key", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  const ends = "2026-12-22T12:00:00Z";

  it("is active until it ends or is revoked", () => {
    expect(stateOf({ revoked_at: null, expires_at: ends }, now)).toBe("active");
    expect(stateOf({ revoked_at: null, expires_at: "2026-11-22T12:00:00Z" }, now)).toBe("expired");
    expect(stateOf({ revoked_at: "2026-11-21T12:00:00Z", expires_at: ends }, now)).toBe("revoked");
  });

  it("lives no longer than the installation allows", () => {
    expect(livesWithin(365)).toEqual([30, 90, 180, 365]);
    expect(livesWithin(100)).toEqual([30, 90]);
    expect(livesWithin(7)).toEqual([7]);
  });

  it("takes lists as people type them", () => {
    expect(listed(" 10.0.0.0/8, 192.0.2.1\n\t2001:db8::/32 ")).toEqual(["10.0.0.0/8", "192.0.2.1", "2001:db8::/32"]);
    expect(listed("  ")).toEqual([]);
  });
});
