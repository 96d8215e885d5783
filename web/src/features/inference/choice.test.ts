import { describe, expect, test } from "vitest";
import { model } from "#/testing/samples";
import { chooseModel, highestLevel, isAtMost, lackOf, obstacle } from "./choice";

const small = { ...model, id: "small", highest_level: "public" as const };
const usual = { ...model, id: "usual", is_default: true };
const cleared = { ...model, id: "cleared", highest_level: "restricted" as const };

describe("levels", () => {
  test("are ordered", () => {
    expect(isAtMost("public", "internal")).toBe(true);
    expect(isAtMost("internal", "internal")).toBe(true);
    expect(isAtMost("diffusion_restreinte", "restricted")).toBe(false);
  });

  test("the highest one that some model may receive", () => {
    expect(highestLevel([small, cleared])).toBe("restricted");
    expect(highestLevel([])).toBe("public");
  });
});

describe("obstacle", () => {
  test("says why a model cannot be asked", () => {
    expect(obstacle(small, "internal")).toBe("level");
    expect(obstacle({ ...usual, state: "unreachable" }, "internal")).toBe("unreachable");
    expect(obstacle({ ...usual, state: "missing" }, "internal")).toBe("missing");
  });

  test("a model that loads can be asked", () => {
    expect(obstacle({ ...usual, state: "loading", progress: 0.4 }, "internal")).toBeNull();
    expect(obstacle({ ...usual, state: "unknown" }, "internal")).toBeNull();
  });
});

describe("chooseModel", () => {
  const models = [small, cleared, usual];
  test("takes the one wanted", () => expect(chooseModel(models, "public", "small")?.id).toBe("small"));
  test("or the default one", () => expect(chooseModel(models, "internal", "small")?.id).toBe("usual"));
  test("or the first that may", () => expect(chooseModel(models, "restricted", "usual")?.id).toBe("cleared"));
  test("or none", () => expect(chooseModel(models, "diffusion_restreinte", null)).toBeNull());
});

describe("lackOf", () => {
  test("nothing is lacking when one model may be asked", () => expect(lackOf([small, usual], "internal")).toBeNull());
  test("no model at all", () => expect(lackOf([], "public")).toBe("none"));
  test("none cleared", () => expect(lackOf([small], "internal")).toBe("noneCleared"));
  test("none that answers", () => {
    expect(lackOf([small, { ...usual, state: "unreachable" }], "internal")).toBe("noneUsable");
  });
});
