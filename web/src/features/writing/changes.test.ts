import { expect, test } from "vitest";
import type { WrittenChange } from "#/api/types";
import { decided, leftOpen, shownBlanks } from "./changes";

const CHANGES: readonly WrittenChange[] = [
  { before: "Les ", after: "Les ", why: null, decision: null },
  { before: "enfant", after: "enfants", why: "agreement", decision: "accepted" },
  { before: " ", after: " ", why: null, decision: null },
  { before: "mange", after: "mangent", why: "agreement", decision: null },
  { before: "", after: "\u202f", why: "typography", decision: "rejected" },
  { before: "!", after: "!", why: null, decision: null },
];

test("what was decided stays, and may be taken back or turned round", () => {
  expect(decided(CHANGES, [], null)).toEqual({ accepted: [1], rejected: [4] });
  expect(decided(CHANGES, [3], "rejected")).toEqual({ accepted: [1], rejected: [3, 4] });
  expect(decided(CHANGES, [1, 4], null)).toEqual({ accepted: [], rejected: [] });
  expect(decided(CHANGES, [1], "rejected")).toEqual({ accepted: [], rejected: [1, 4] });
});

test("what nobody decided is open; what stays is not", () => {
  expect(leftOpen(CHANGES)).toEqual([3]);
});

test("a blank that changed is told by its name, several are drawn", () => {
  const name = (blank: string) => `[${blank}]`;
  expect(shownBlanks("\u202f", name)).toBe("[narrow]");
  expect(shownBlanks(" ", name)).toBe("[plain]");
  expect(shownBlanks("", name)).toBe("[none]");
  expect(shownBlanks(" \u00a0", name)).toBe("␣⍽");
  expect(shownBlanks("un mot", name)).toBe("un mot");
});
