// @vitest-environment jsdom
/** Formulas are set without inline styles the CSP would refuse, and those made to do harm are left in source. */
import { describe, expect, it } from "vitest";
import { formulaElement } from "../testing/formulas";
import { formulaAsLine, setFormula } from "./set";

describe("setFormula", () => {
  it.each([
    ["x^2"],
    ["\\vec{v} + \\widehat{abc}"],
    ["\\left(\\frac{a}{b}\\right)"],
    ["\\boxed{x}"],
    ["\\pmb{x}"],
    ["\\ce{2H2 + O2 -> 2H2O}"],
  ])("sets %s, seen and read aloud", (tex) => {
    const formula = formulaElement(tex);
    expect(formula?.querySelector(".katex-html")).not.toBeNull();
    expect(formula?.querySelector(".katex-mathml math")).not.toBeNull();
    expect(formula?.querySelector("annotation")).toBeNull();
  });

  it.each([
    ["\\int_0^1 x\\,\\mathrm{d}x + \\oint_C + \\iint_D"],
    ["\\sum_{n=1}^{\\infty} \\prod_{i} \\lim_{x \\to 0}"],
    ["\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix} \\begin{vmatrix} 1 \\end{vmatrix}"],
    ["\\begin{cases} x & \\text{si } x \\ge 0 \\\\ -x & \\text{sinon} \\end{cases}"],
    ["\\begin{aligned} a &= b \\\\ c &= d \\end{aligned} \\tag{1}"],
    ["\\begin{array}{|l|r|} \\hline a & b \\\\ \\hdashline c & d \\end{array}"],
    ["\\color{red} x + \\textcolor{#00f}{y} + \\colorbox{yellow}{z} + \\fcolorbox{red}{white}{w}"],
    ["\\cancel{x} \\bcancel{y} \\xcancel{z} \\sout{abc}"],
    ["\\underbrace{a+b}_{n} \\overbrace{c}^{k} \\overline{AB} \\underline{x}"],
    ["\\xrightarrow[sous]{sur} \\rightleftharpoons \\overrightarrow{CD} \\overleftarrow{E}"],
    ["\\binom{n}{k} \\dbinom{n}{k} \\sqrt[3]{x} \\genfrac{[}{]}{0pt}{1}{a}{b}"],
    ["\\hat{x} \\bar{y} \\tilde{z} \\dot{q} \\ddot{q} \\widetilde{abc} \\acute{e}"],
    ["\\mathbb{R} \\mathcal{L} \\mathfrak{g} \\mathscr{F} \\mathsf{A} \\mathtt{b} \\boldsymbol{\\alpha}"],
    ["\\big( \\Big[ \\bigg\\{ \\Bigg| x \\Bigg| \\bigg\\} \\Big] \\big)"],
    ["\\substack{a \\\\ b} \\phantom{x} \\hphantom{y} \\vphantom{z} \\smash{w} \\raisebox{1em}{x}"],
    ["\\rule{1em}{2em} \\hspace{1em} \\kern1em \\mathring{A} \\text{É à ç œ}"],
    ["\\operatorname{tr} A, \\Pr(X \\mid Y) \\bmod n \\pmod{p} \\not= \\stackrel{!}{=}"],
    ["\\left\\lVert \\frac{u}{v} \\right\\rVert \\langle \\rangle \\lfloor \\rceil"],
    ["\\begin{CD} A @>a>> B \\\\ @VbVV @AAcA \\\\ C @= D \\end{CD}"],
  ])("sets %s", (tex) => {
    expect(formulaElement(tex, true)).not.toBeNull();
  });

  it("keeps where an integral stands on its line", () => {
    const formula = formulaElement("\\int_0^1 x", true);
    const moved = [...(formula?.querySelectorAll<HTMLElement>("[style]") ?? [])].map(({ style }) => style.position);
    expect(moved).toContain("relative");
  });

  it("gives an arrow above a letter its width, without which it is not seen", () => {
    expect(formulaElement("\\vec{v}")?.querySelector("svg")?.style.width).toBe("0.471em");
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
    const formula = formulaElement("\\rule{1000em}{1000em}", true);
    expect(formula?.innerHTML).not.toMatch(/\d{3,}em/);
  });
});
