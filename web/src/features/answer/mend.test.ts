/** The last words of an unfinished text never show as raw syntax. */
import { describe, expect, it } from "vitest";
import { BLOCKS_START, feedBlocks } from "./blocks";
import { mendInline } from "./mend";
import { type AnswerNode, hasChildren } from "./nodes";
import { readOpenBlock } from "./openBlock";
import { CONSTRUCTS } from "./testing/corpus";

describe("mendInline", () => {
  it.each([
    ["Un **gras à ven", "Un **gras à ven**"],
    ["Un **gras fini**", "Un **gras fini**"],
    ["Un **gras *et ital", "Un **gras *et ital***"],
    ["Un **gras*", "Un **gras**"],
    ["Un **", "Un "],
    ["Un *", "Un "],
    ["2 * 3 et a*b", "2 * 3 et a*b"],
    ["un snake_case_", "un snake_case_"],
    ["du `code en co", "du `code en co`"],
    ["du `", "du "],
    ["du ``a ` b", "du ``a ` b``"],
    ["du ~~barr", "du ~~barr~~"],
    ["voir [la not", "voir la not"],
    ["voir [la **not", "voir la **not**"],
    ["voir [la notice]", "voir la notice"],
    ["voir [la notice](https://www.cn", "voir la notice"],
    ["voir [la notice](https://a.fr/_x) et", "voir [la notice](https://a.fr/_x) et"],
    ["voir [1] et", "voir [1] et"],
    ["une ![image](https://a", "une "],
    ["un fait[^1", "un fait"],
    ["soit \\(x_1 +", "soit "],
    ["soit $x_1 +", "soit "],
    ["soit $", "soit "],
    ["cela coûte 5 $", "cela coûte 5 $"],
    ["cela coûte 5 $US et", "cela coûte 5 $US et"],
    ["cela coûte 5 $,", "cela coûte 5 $,"],
    ["cela coûte 5 $ et 10 $ au", "cela coûte 5 $ et 10 $ au"],
    ["fin \\", "fin "],
    ["[x", ""],
  ])("%j → %j", (text, expected) => {
    expect(mendInline(text)).toBe(expected);
  });

  it("does not wait for ever for the end of what was no formula", () => {
    const text = `la variable $HOME ${"et beaucoup de mots ordinaires ".repeat(4)}`;
    expect(mendInline(text)).toBe(text);
  });
});

function shown(nodes: readonly AnswerNode[]): string {
  return nodes
    .map((node) => (node.kind === "text" ? node.text : hasChildren(node) ? shown(node.children) : ""))
    .join("");
}

describe("a text being written", () => {
  const RAW = /\*\*|~~|`|\]\(|\\\(|\\\[|\$\$|\|/;
  const { unclosed: _, escapes: __, ...wellFormed } = CONSTRUCTS;

  it.each(Object.entries(wellFormed))("never shows raw syntax at any cut: %s", (_, text) => {
    for (let at = 0; at <= text.length; at += 1) {
      const [machine] = feedBlocks(BLOCKS_START, text.slice(0, at));
      const words = shown(readOpenBlock(machine.open, machine.references, new Map()));
      expect(words, `cut at ${at}: ${JSON.stringify(text.slice(0, at).slice(-30))}`).not.toMatch(RAW);
    }
  });

  it("is a table from its first cell on", () => {
    const text = "| Année | Budget |\n|---|---:|\n| 2023 | 1 310";
    for (let at = 3; at <= text.length; at += 1) {
      const [node] = readOpenBlock(text.slice(0, at), {}, new Map());
      expect(node, `cut at ${at}`).toMatchObject({ kind: "element", tag: "table" });
    }
  });

  it("is code from its fence on, and open until the fence that ends it", () => {
    const text = "```py\nx = 1\n\ny = 2\n```";
    for (let at = 3; at <= text.length; at += 1) {
      const [node] = readOpenBlock(text.slice(0, at), {}, new Map());
      expect(node, `cut at ${at}`).toMatchObject({ kind: "code", open: at < text.length });
      expect(node, `cut at ${at}`).not.toMatchObject({ text: expect.stringContaining("`") });
    }
  });

  it("does not take a row of code for a table", () => {
    expect(readOpenBlock("```\n| a | b |", {}, new Map())).toEqual([
      { kind: "code", language: "", text: "| a | b |", open: true },
    ]);
  });
});
