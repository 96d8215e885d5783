import { expect, test } from "vitest";
import { lineOf } from "./lineOf";
import { readDesk } from "./search";

test("a term without translation is never translated", () => {
  expect(lineOf({ source: " CROUS ", target: " ", exact: "on" })).toEqual({
    source: "CROUS",
    target: "CROUS",
    forbidden: [],
    note: "",
    exact_case: true,
  });
});

test("forbidden forms are told apart by commas", () => {
  const line = lineOf({ source: "marché", target: "contract", forbidden: "market, deal ,", note: " Achats " });
  expect(line).toEqual({
    source: "marché",
    target: "contract",
    forbidden: ["market", "deal"],
    note: "Achats",
    exact_case: false,
  });
});

test("the address of the desk names a file, and nothing else", () => {
  const file = "0194f8a0-0000-7000-8000-000000000000";
  expect(readDesk({ file, autre: "1" })).toEqual({ file });
  expect(readDesk({ file: "../x" })).toEqual({});
  expect(readDesk({ view: "summary", file })).toEqual({ view: "summary", file });
  expect(readDesk({ view: "other" })).toEqual({});
});
