import { expect, test } from "vitest";
import type { Turn } from "#/api/types";
import { shownCitations } from "./citations";

const turn = {
  answer_id: "a",
  citations: [
    { start: 2, end: 9, verified: true, message_id: "q", source_start: 5, source_end: 12 },
    { start: 2, end: 9, verified: false, message_id: null, source_start: 0, source_end: 0 },
  ],
} as unknown as Turn;

test("words and their source are cut in code points", () => {
  const texts = new Map([
    ["a", "𝄞«Rouen 7»"],
    ["q", "𝄞 de Rouen 7, puis"],
  ]);
  const [verified, unsupported] = shownCitations(turn, texts);
  expect(verified).toEqual({
    words: "Rouen 7",
    verified: true,
    source: { before: "𝄞 de ", match: "Rouen 7", after: ", puis" },
  });
  expect(unsupported?.source).toBeNull();
});

test("an answer without quotation costs nothing", () => {
  expect(shownCitations({ ...turn, citations: [] }, new Map())).toEqual([]);
});
