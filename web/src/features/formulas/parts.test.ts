import { describe, expect, it } from "vitest";
import { inCharacters, partsOf } from "./parts";

describe("formulas of a title", () => {
  it.each([
    ["Search for $B^{0}→K^{*0}γ$ decays", ["Search for ", "=B^{0}→K^{*0}γ", " decays"]],
    ["From $5 to $10 a month", ["From $5 to $10 a month"]],
    ["On \\(x\\) and $y$", ["On ", "=x", " and ", "=y"]],
    ["Never closed $x", ["Never closed $x"]],
    ["A \\$5 note", ["A \\$5 note"]],
    ["", []],
  ])("are told from its words: %s", (line, expected) => {
    expect(partsOf(line).map(({ text, tex }) => (tex ? `=${text}` : text))).toEqual(expected);
  });

  it.each([
    ["Is $\\alpha_s$ running at $10^{-3}$?", "Is α_s running at 10^-3?"],
    ["Moduli of $\\mathcal{M}_g$", "Moduli of M_g"],
    ["Plain words", "Plain words"],
  ])("become characters where nothing else fits: %s", (line, expected) => {
    expect(inCharacters(line)).toBe(expected);
  });
});
