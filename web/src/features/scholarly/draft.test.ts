import { expect, test } from "vitest";
import { FRESH, searchOf } from "./draft";

test("an empty field asks for nothing", () => {
  expect(searchOf({ ...FRESH, words: "  marge  " }, 2)).toEqual({
    words: "marge",
    year_from: null,
    year_to: null,
    kinds: [],
    author: null,
    domain: null,
    laboratory: null,
    open_access: false,
    sort: "relevance",
    page: 2,
  });
});

test("a year that is none is not asked for", () => {
  const asked = searchOf({ ...FRESH, words: "marge", yearFrom: "19", yearTo: "2024", kind: "thesis" }, 1);
  expect([asked.year_from, asked.year_to, asked.kinds]).toEqual([null, 2024, ["thesis"]]);
});
