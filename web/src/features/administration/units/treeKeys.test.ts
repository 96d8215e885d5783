import { describe, expect, test } from "vitest";
import { moveOf, type TreeRow } from "./treeKeys";

const row = (id: string, level: number, expanded: boolean | null = null): TreeRow => ({
  id,
  level,
  expanded,
  name: id,
});
const ROWS = [row("Écoles", 1, true), row("lettres", 2, false), row("sciences", 2), row("hôpital", 1, false)];
const at = (key: string, index: number) => moveOf(key, ROWS, index);

describe("the keys of the tree", () => {
  test.each([
    ["ArrowDown", 0, 1],
    ["ArrowUp", 2, 1],
    ["Home", 3, 0],
    ["End", 0, 3],
    ["ArrowRight", 0, 1],
    ["ArrowLeft", 2, 0],
  ])("%s from %i leads to %i", (key, from, to) => expect(at(key, from)).toEqual({ kind: "focus", at: to }));

  test("right opens what is closed, left closes what is open", () => {
    expect(at("ArrowRight", 1)).toEqual({ kind: "expand", id: "lettres" });
    expect(at("ArrowLeft", 0)).toEqual({ kind: "collapse", id: "Écoles" });
  });

  test.each([
    ["ArrowUp", 0],
    ["ArrowDown", 3],
    ["ArrowRight", 2],
    ["ArrowLeft", 3],
    ["Shift", 0],
    [" ", 0],
    ["z", 0],
  ])("%s from %i does nothing", (key, from) => expect(at(key, from)).toBeNull());

  test("a letter leads to the next name, accents aside, round the end", () => {
    expect(at("s", 0)).toEqual({ kind: "focus", at: 2 });
    expect(at("e", 2)).toEqual({ kind: "focus", at: 0 });
    expect(at("H", 3)).toEqual({ kind: "focus", at: 3 });
  });

  test("an empty tree has no moves", () => expect(moveOf("ArrowDown", [], 0)).toBeNull());
});
