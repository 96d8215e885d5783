// @vitest-environment jsdom
/** Formulas are set without inline styles the CSP would refuse, and those made to do harm are left in source. */
import { describe, expect, it } from "vitest";
import { formulaAsLine, setFormula } from "./katex";

describe("setFormula", () => {
  it.each([
    ["x^2"],
    ["\\vec{v} + \\widehat{abc}"],
    ["\\left(\\frac{a}{b}\\right)"],
    ["\\boxed{x}"],
    ["\\pmb{x}"],
    ["\\ce{2H2 + O2 -> 2H2O}"],
  ])("sets %s, seen and read aloud", (tex) => {
    const formula = setFormula(tex, false);
    expect(formula?.querySelector(".katex-html")).not.toBeNull();
    expect(formula?.querySelector(".katex-mathml math")).not.toBeNull();
    expect(formula?.querySelector("annotation")).toBeNull();
  });

  it.each([
    ["a source that is wrong", "\\frac{"],
    ["an unknown command", "\\inconnue"],
    ["a link", "\\href{https://x.example}{x}"],
    ["a picture", "\\includegraphics{x}"],
    ["a definition", "\\def\\a{x}\\a"],
    ["a new command", "\\newcommand{\\a}{x}\\a"],
    ["a class", "\\htmlClass{x}{y}"],
    ["a source too long", "x".repeat(5_000)],
    ["boxes too deep", `${"{\\frac{1}{".repeat(120)}x${"}}".repeat(120)}`],
  ])("leaves in source %s", (_, tex) => {
    expect(setFormula(tex, true)).toBeNull();
    if (!tex.startsWith("{")) expect(formulaAsLine(tex)).toBeNull();
  });

  it("bounds what sizes a formula may take", () => {
    const formula = setFormula("\\rule{1000em}{1000em}", true);
    expect(formula?.innerHTML).not.toMatch(/\d{3,}em/);
  });
});
