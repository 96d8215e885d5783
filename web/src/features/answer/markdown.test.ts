/** What Markdown means here, where it differs from the usual: prices and formulas, tables of figures, links that show their place. */
import { describe, expect, it } from "vitest";
import { inlineReader, readBlocks, toNodes } from "./markdown";
import { type AnswerNode, hasChildren, plainText } from "./nodes";

function read(text: string): readonly AnswerNode[] {
  const reading = {};
  return toNodes(readBlocks(text, reading), inlineReader(reading));
}

function all(nodes: readonly AnswerNode[]): readonly AnswerNode[] {
  return nodes.flatMap((node) => (hasChildren(node) ? [node, ...all(node.children)] : [node]));
}

const formulas = (text: string) => all(read(text)).flatMap((node) => (node.kind === "maths" ? [node.tex] : []));

describe("a dollar sign", () => {
  it.each([
    ["cela coûte 5 $ et 10 $"],
    ["cela coûte 5\u202F$ et 10\u202F$ par mois"],
    ["from $5 to $10, that is $7 on average"],
    ["5$/kg, puis 10$/kg"],
    ["US$5 or US$6"],
    ["entre 5 $US et 10 $US"],
    ["(5 $), (10 $)"],
    ["\\$x\\$"],
    ["`$x$`"],
    ["$ x $"],
  ])("is no formula in %j", (text) => {
    expect(formulas(text)).toEqual([]);
  });

  it.each([
    ["soit $x$.", ["x"]],
    ["les $n$ièmes", ["n"]],
    ["($a_1$, $b$)", ["a_1", "b"]],
    ["il y a $50\\%$ de $x$", ["50\\%", "x"]],
    ["$a$-$b$", ["a", "b"]],
    ["$$x$$ dans la ligne", ["x"]],
    ["\\(x\\) et \\[y\\]", ["x", "y"]],
    ["$a\\$b$", ["a\\$b"]],
    ["| $a$ | b |\n|---|---|\n| \\(c\\) | d |", ["a", "c"]],
    ["- un\n  $$\n  x\n  $$\n- deux", ["x"]],
    ["> \\[\n> x\n> \\]", ["x"]],
    ["$$\nx\n\ny\n$$", ["x\n\ny"]],
  ])("is one in %j", (text, expected) => {
    expect(formulas(text)).toEqual(expected);
  });

  it("does not swallow the text after display mathematics that never ends", () => {
    expect(plainText(read(`$$\nx\n\n${"mot\n\n".repeat(40)}`))).toContain("mot");
    expect(formulas("$$\nx")).toEqual([]);
  });
});

describe("a table", () => {
  const cells = (text: string) => all(read(text)).flatMap((node) => (node.kind === "cell" ? [node] : []));

  it("sets columns of figures to the right", () => {
    const found = cells("| An | Budget | Part | Nom |\n|---|---|---|---|\n| 2023 | 1 310,00 € | −13,1 % | 3 agents |");
    expect(found.map(({ numeric }) => numeric)).toEqual([true, true, true, false, true, true, true, false]);
  });

  it("keeps the alignment it was given", () => {
    const found = cells("| a | b | c |\n|:-:|:--|--:|\n| x | y | z |");
    expect(found.slice(3).map(({ align }) => align)).toEqual(["center", "left", "right"]);
  });
});

describe("a link", () => {
  it("shows where it leads when its words do not say it", () => {
    const [link] = all(read("[la notice](https://www.cnrs.fr/x)")).filter(({ kind }) => kind === "link");
    expect(link).toMatchObject({ href: "https://www.cnrs.fr/x", shown: "www.cnrs.fr" });
  });

  it("that may not be followed is text, with its address", () => {
    expect(plainText(read("[x](javascript:alert)"))).toBe("x (javascript:alert)");
  });

  it("finds an address given before", () => {
    expect(all(read("[1]: https://hal.science\n\nvoir [HAL][1]"))).toContainEqual(
      expect.objectContaining({ kind: "link", href: "https://hal.science/" }),
    );
  });
});

it("reads boxes to tick, footnotes and pictures as such", () => {
  const nodes = all(read("- [x] fait\n- [ ] non\n\nun[^1] ![vue](https://a.fr/b.png)\n\n[^1]: note"));
  expect(nodes.filter(({ kind }) => kind === "task")).toEqual([
    { kind: "task", done: true },
    { kind: "task", done: false },
  ]);
  expect(nodes.filter(({ kind }) => kind === "mark")).toHaveLength(2);
  expect(nodes).toContainEqual({ kind: "picture", words: "vue", address: "https://a.fr/b.png" });
});

it("gives the language of code, and nothing else of what follows the fence", () => {
  expect(read("```python title=x {1,2}\na\n```")).toEqual([
    { kind: "code", language: "python", text: "a", open: false },
  ]);
});

it("reads a text made to be slow without slowing down", () => {
  const texts = [
    "[".repeat(20_000),
    "*a_".repeat(10_000),
    "`".repeat(20_000),
    "> ".repeat(5_000),
    "$a".repeat(10_000),
    "![".repeat(10_000),
  ];
  const start = performance.now();
  for (const text of texts) read(text);
  expect(performance.now() - start).toBeLessThan(5_000);
});
