import { describe, expect, test } from "vitest";
import { readChange, readQuota } from "./readQuota";

const fields = { measure: "euros", period: "month", amount: "12.5", mode: "hard", model_id: "" };

describe("readQuota", () => {
  test("everyone: neither unit nor person, every model", () => {
    expect(readQuota({ ...fields, holder: "everyone", unit_id: "u1", person_id: "p1" })).toEqual({
      holder: "each_person",
      unit_id: null,
      person_id: null,
      key_id: null,
      model_id: null,
      measure: "euros",
      period: "month",
      amount: 12.5,
      mode: "hard",
      smaller_model: null,
    });
  });

  test.each([
    ["persons", "each_person", "u1", null],
    ["unit", "unit", "u1", null],
    ["person", "each_person", "u1", "p1"],
  ])("%s", (choice, holder, unit_id, person_id) => {
    const read = readQuota({ ...fields, holder: choice, unit_id: "u1", person_id: "p1", model_id: "large" });
    expect(read).toMatchObject({ holder, unit_id, person_id, model_id: "large" });
  });

  test("a person without a unit in particular", () => {
    expect(readQuota({ ...fields, holder: "person", unit_id: "", person_id: "p1" }).unit_id).toBeNull();
  });
});

test("the smaller model goes only with the mode that offers it", () => {
  expect(readChange({ amount: "3", mode: "degrade", smaller_model: "small" }).smaller_model).toBe("small");
  expect(readChange({ amount: "3", mode: "soft", smaller_model: "small" }).smaller_model).toBeNull();
});
