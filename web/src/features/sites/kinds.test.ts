import { expect, test } from "vitest";
import { refusedLines, tierOf } from "./kinds";

test("a site that is never read has no kind", () => {
  expect(tierOf("denied")).toBeNull();
  expect(tierOf("press")).toBe("press");
});

test("lines that were not understood are named, the first of them", () => {
  const taken = { added: 0, changed: 0, same: 0, refused: [2, 5, 9] };
  expect(refusedLines(taken)).toEqual({ lines: "2, 5, 9", more: 0 });
  expect(refusedLines(taken, 2)).toEqual({ lines: "2, 5", more: 1 });
});
