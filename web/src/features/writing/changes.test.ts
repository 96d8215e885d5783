import { expect, test } from "vitest";
import type { WrittenChange } from "#/api/types";
import { decided, shownBlanks, wordsOf } from "./changes";

const CHANGES: readonly WrittenChange[] = [
  { before: "Les ", after: "Les ", why: null },
  { before: "enfant", after: "enfants", why: "agreement" },
  { before: " ", after: " ", why: null },
  { before: "mange", after: "mangent", why: "agreement" },
  { before: "", after: "\u202f", why: "typography" },
  { before: "!", after: "!", why: null },
];

test("what is proposed stands until it is rejected, and may be taken back", () => {
  const none = new Map();
  expect(wordsOf(CHANGES, none)).toBe("Les enfants mangent\u202f!");
  const accepted = decided(none, [1], "accepted");
  expect(wordsOf(CHANGES, accepted)).toBe("Les enfants mangent\u202f!");
  const rejected = decided(accepted, [3, 4], "rejected");
  expect(wordsOf(CHANGES, rejected)).toBe("Les enfants mange!");
  expect(wordsOf(CHANGES, decided(rejected, [3], null))).toBe("Les enfants mangent!");
});

test("blanks that changed are drawn", () => {
  expect(shownBlanks("\u202f")).toBe("⍽");
  expect(shownBlanks(" ")).toBe("␣");
  expect(shownBlanks("")).toBe("∅");
  expect(shownBlanks("un mot")).toBe("un mot");
});
