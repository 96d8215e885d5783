/** Code is coloured by kind, in every language offered. */
import { describe, expect, it } from "vitest";
import { LANGUAGE_NAMES, languageNamed } from "./names";
import { tokenise } from "./tokens";

it("says which characters are what, and loses none", async () => {
  const text = 'def f(x):\n\n    return "été"  # fin';
  const lines = await tokenise(text, "python");
  const lengths = lines.map((line) => line.reduce((sum, [length]) => sum + length, 0));
  expect(lengths).toEqual(text.split("\n").map((line) => line.length));
  expect(lines[0]?.[0]).toEqual([3, "keyword"]);
  expect(lines[2]?.map(([, kind]) => kind)).toEqual(expect.arrayContaining(["keyword", "string", "comment"]));
});

describe("a language", () => {
  it.each([
    ["Python", "python"],
    ["py", "python"],
    ["C++", "cpp"],
    ["sh", "shellscript"],
    ["R", "r"],
    ["inconnue", null],
    ["constructor", null],
    ["__proto__", null],
    ["", null],
  ])("written %j is %j", (written, name) => {
    expect(languageNamed(written)).toBe(name);
  });

  it("that is offered can be loaded", async () => {
    // The heaviest take seconds; the promise is the same for all.
    const light = LANGUAGE_NAMES.filter((name) => !["cpp", "c", "ruby", "php", "csharp"].includes(name));
    for (const name of light) expect(await tokenise("a = 1", name), name).toHaveLength(1);
  }, 60_000);
});
