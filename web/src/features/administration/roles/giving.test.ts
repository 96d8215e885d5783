import { describe, expect, test } from "vitest";
import type { Right, Unit } from "#/api/types";
import { carried, EMPTY_GRANT, missingToGive, readGrant } from "./giving";

const OF_ALL: Right[] = ["journal.read", "installation.manage"];
const role = { rights: ["usage.read", "journal.read"] satisfies Right[] };
const holding =
  (...rights: Right[]) =>
  (right: Right) =>
    rights.includes(right);
const unit = { id: "u1" } as Unit;

describe("giving a role", () => {
  test("on a unit, rights of the installation do not count", () => {
    expect(carried(role, OF_ALL, false)).toEqual(["usage.read"]);
    expect(carried(role, OF_ALL, true)).toEqual(["usage.read", "journal.read"]);
  });

  test("takes the right to give, and each right given", () => {
    expect(missingToGive(role, OF_ALL, false, holding("usage.read"))).toBe("roles.grant");
    expect(missingToGive(role, OF_ALL, false, holding("roles.grant"))).toBe("usage.read");
    expect(missingToGive(role, OF_ALL, false, holding("roles.grant", "usage.read"))).toBeNull();
    expect(missingToGive(role, OF_ALL, true, holding("roles.grant", "usage.read"))).toBe("journal.read");
  });
});

describe("the form of a grant", () => {
  test("needs a role and a place", () => {
    expect(readGrant(EMPTY_GRANT)).toBeNull();
    expect(readGrant({ ...EMPTY_GRANT, role: "r1" })).toBeNull();
    expect(readGrant({ ...EMPTY_GRANT, unit })).toBeNull();
    expect(readGrant({ ...EMPTY_GRANT, role: "r1", unit })).toEqual({ role_id: "r1", unit_id: "u1", expires_at: null });
  });

  test("everywhere wins over a unit chosen before", () => {
    expect(readGrant({ ...EMPTY_GRANT, role: "r1", unit, everywhere: true })?.unit_id).toBeNull();
  });

  test("the last day is a whole one", () => {
    const end = readGrant({ ...EMPTY_GRANT, role: "r1", unit, until: "2030-06-30" })?.expires_at ?? "";
    expect(new Date(end).toLocaleDateString("sv")).toBe("2030-06-30");
    expect(new Date(end).getHours()).toBe(23);
    expect(readGrant({ ...EMPTY_GRANT, role: "r1", unit, until: "soon" })?.expires_at).toBeNull();
  });
});
