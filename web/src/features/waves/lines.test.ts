import { expect, test } from "vitest";
import { readLines } from "./lines";

test("lines are read as a table gives them", () => {
  const text = 'Ada Lovelace ; ada@exemple.fr ; PHY\r\n\n"Bob"\tbob@exemple.fr\n';
  expect(readLines(text, "fr")).toEqual({
    people: [
      { name: "Ada Lovelace", email: "ada@exemple.fr", unit: "PHY", language: "fr" },
      { name: "Bob", email: "bob@exemple.fr", unit: "", language: "fr" },
    ],
    wrong: null,
  });
});

test.each([
  ["ada@exemple.fr", 1],
  ["Ada;ada@exemple.fr\n\nBob;bob", 3],
  [";ada@exemple.fr", 1],
])("%j has a line that cannot be read", (text, wrong) => {
  expect(readLines(text, "fr")).toEqual({ people: [], wrong });
});

test("nothing is nobody", () => expect(readLines(" \n", "en")).toEqual({ people: [], wrong: null }));
