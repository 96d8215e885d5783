import { expect, test } from "vitest";
import { draftOf, namesOf, ruleAlone, rulesOf } from "./rules";

test("names are read one a line or between commas", () => {
  expect(namesOf(" grand, petit\n\n moyen ")).toEqual(["grand", "petit", "moyen"]);
});

test("what is left empty is no rule", () => {
  expect(rulesOf({ highest: "", lowest: "", only: " ", never: "", names: "", kept: {} })).toEqual({
    highest_level: null,
    default_level: null,
    models_only: null,
    models_never: [],
    names: null,
    kept_in: {},
    markings: {},
  });
});

test("a change is read as the rule that it writes", () => {
  expect(ruleAlone("default_level", '"internal"').default_level).toBe("internal");
  expect(ruleAlone("models_never", '["grand"]').models_never).toEqual(["grand"]);
  expect(ruleAlone("markings", "—").markings).toEqual({});
});

test("markings are written one a line, by level", () => {
  const kept = {
    health: "Rennes",
    "marking-restricted_2": " C2 – Confidentiel\n\nNotes, et plans ",
    "marking-public": "",
  };
  const rules = rulesOf({ highest: "", lowest: "", only: "", never: "", names: "", kept });
  expect(rules.markings).toEqual({ restricted_2: ["C2 – Confidentiel", "Notes, et plans"] });
  expect(rules.kept_in).toEqual({ health: ["Rennes"] });
});

test("every unit is written, everybody under a star", () => {
  const rules = rulesOf({
    highest: "internal",
    lowest: "",
    only: "",
    never: "grand",
    names: "required",
    kept: { health: "Rennes" },
  });
  const draft = draftOf([
    { unit_id: null, name: "", rules },
    { unit_id: "u", name: "Achats", rules },
  ]);
  expect(Object.keys(draft)).toEqual(["*", "u"]);
  expect(draft["u"]?.kept_in).toEqual({ health: ["Rennes"] });
  expect(draft["u"]?.names).toBe("required");
  expect(draft["u"]?.highest_level).toBe("internal");
});
