import { expect, test } from "vitest";
import { matching } from "./matching";

const commands = [{ name: "Réglages" }, { name: "Apparence · Sombre" }, { name: "Apparence · Clair" }];

test("finds by every word, whatever the case and the accents", () => {
  expect(matching(commands, "regl").map(({ name }) => name)).toEqual(["Réglages"]);
  expect(matching(commands, "SOMBRE app").map(({ name }) => name)).toEqual(["Apparence · Sombre"]);
  expect(matching(commands, "  ")).toHaveLength(3);
  expect(matching(commands, "zut")).toEqual([]);
});
