import { describe, expect, test } from "vitest";
import { filterOf, onlyThese } from "#/api/personActs";
import { readFilters, wanted } from "./filters";

describe("the filters of the address", () => {
  const unit = "0192f0c0-0000-7000-8000-000000000001";

  test("are read as written, and nothing else", () => {
    expect(readFilters({ q: "ada", unit, state: "disabled", other: 1 })).toEqual({ q: "ada", unit, state: "disabled" });
    expect(readFilters({ role: unit })).toEqual({ role: unit });
    expect(readFilters({ role: "administrator" })).toEqual({});
    expect(wanted({ role: unit }).role).toBe(unit);
    expect(readFilters({ q: 1310, unit: "../x", state: "erased" })).toEqual({ q: "1310" });
    expect(readFilters({ q: { $ne: 1 }, unit: null })).toEqual({});
    expect(readFilters({ order: "-last_seen" })).toEqual({ order: "-last_seen" });
    for (const order of ["name", "password", "--name", 3]) expect(readFilters({ order })).toEqual({});
  });

  test("say what to ask for", () => {
    expect(wanted({})).toEqual({ words: "", unit: null, state: null });
    expect(wanted({ order: "-unit" }).order).toBe("-unit");
    expect(wanted({ q: "ada", unit, state: "active" })).toEqual({ words: "ada", unit, state: "active" });
  });
});

describe("whom an act is about", () => {
  const unit = "0192f0c0-0000-7000-8000-000000000001";

  test("is what the filters find, or those ticked wherever the filters are", () => {
    expect(filterOf(wanted({ q: "ada", unit, order: "-unit" }))).toEqual({
      q: "ada",
      unit_id: unit,
      role_id: null,
      state: null,
      ids: null,
    });
    expect(onlyThese([{ id: "a" }, { id: "b" }])).toEqual({
      q: "",
      unit_id: null,
      role_id: null,
      state: null,
      ids: ["a", "b"],
    });
  });
});
