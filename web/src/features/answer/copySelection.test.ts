// @vitest-environment jsdom
/** What is copied by hand from an answer with formulas is what a person sees, not the machinery of it. */
import { afterEach, expect, it } from "vitest";
import { copySelection } from "./copySelection";
import { formulaElement } from "./testing/formulas";

function page(): HTMLElement {
  const host = document.body.appendChild(document.createElement("div"));
  const formula = document.createElement("span");
  formula.setAttribute("data-tex", "x^2");
  formula.append(formulaElement("x^2") ?? "");
  const [one, two] = [document.createElement("p"), document.createElement("p")];
  one.append("Soit ", formula, " un carré.");
  two.append("Suite.");
  host.append(one, two);
  return host;
}

function copy(): Record<string, string> | null {
  const parts: Record<string, string> = {};
  const clipboard = { setData: (type: string, text: string) => Object.assign(parts, { [type]: text }) };
  return copySelection(getSelection(), clipboard as unknown as DataTransfer) ? parts : null;
}

afterEach(() => document.body.replaceChildren());

it("puts the source of formulas in their place", () => {
  getSelection()?.selectAllChildren(page());
  expect(copy()).toEqual({
    "text/plain": "Soit $x^2$ un carré.\nSuite.",
    "text/html": "<p>Soit $x^2$ un carré.</p><p>Suite.</p>",
  });
});

it("takes whole a formula of which a part is selected", () => {
  const host = page();
  const inside = host.querySelector(".katex-html .mord") ?? host;
  const end = host.querySelector("p")?.lastChild ?? host;
  getSelection()?.setBaseAndExtent(inside, 0, end, 3);
  expect(copy()?.["text/plain"]).toBe("$x^2$ un");
});

it("leaves the rest to the browser", () => {
  const host = page();
  getSelection()?.selectAllChildren(host.lastElementChild ?? host);
  expect(copy()).toBeNull();
  getSelection()?.removeAllRanges();
  expect(copy()).toBeNull();
});
