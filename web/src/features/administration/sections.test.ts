import { describe, expect, test } from "vitest";
import type { Right } from "#/api/types";
import { SECTIONS, sectionAt, sectionsFor } from "./sections";

const named = (...rights: Right[]) => sectionsFor((right) => rights.includes(right)).map(({ name }) => name);

describe("sections", () => {
  test("open by rights, not by being an administrator", () => {
    expect(named()).toEqual([]);
    expect(named("chat.use", "documents.read")).toEqual([]);
    expect(named("persons.read")).toEqual(["persons", "units", "roles"]);
    expect(named("units.manage")).toEqual(["units"]);
    expect(named("installation.manage")).toContain("models");
  });

  test("an address belongs to one section", () => {
    expect(sectionAt(SECTIONS, "/administration/units/1234")?.name).toBe("units");
    expect(sectionAt(SECTIONS, "/administration/unitswapped")).toBeUndefined();
    expect(sectionAt(SECTIONS, "/administration")).toBeUndefined();
  });
});
