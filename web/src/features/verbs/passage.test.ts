// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { chosenIn, wholeOf } from "./passage";

const page = document.createElement("div");

beforeEach(() => {
  page.innerHTML = `
    <div data-passage="answer" id="a"><p id="first">Le comité a donné <b>son avis</b>.</p><pre id="code">rm -rf</pre>
    <p>Il est <span data-tex="x^2">carré</span> favorable.<button>1</button></p></div>
    <div data-passage="question" id="q">Corrige \`\`\`js\nlet a\n\`\`\` stp</div><p id="out">Ailleurs</p>`;
  document.body.replaceChildren(page);
  Range.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 10, 10); // jsdom has none
});

const select = (id: string) => {
  const found = page.querySelector(`#${id}`);
  if (!found) throw new Error(id);
  getSelection()?.selectAllChildren(found);
  return chosenIn(page, getSelection())?.text ?? null;
};

test("the words of an answer are offered, without code nor buttons, formulas by their source", () => {
  expect(select("first")).toBe("Le comité a donné son avis.");
  expect(select("a")?.replace(/\s+/g, " ")).toBe("Le comité a donné son avis. Il est $x^2$ favorable.");
});

test("code, what offers no words, and a message that holds code are left alone", () => {
  expect(select("code")).toBeNull();
  expect(select("out")).toBeNull();
  expect(select("q")).toBeNull();
  getSelection()?.removeAllRanges();
  expect(chosenIn(page, getSelection())).toBeNull();
});

test("a whole answer", () => {
  const answer = page.querySelector("#a");
  expect(answer && wholeOf(answer)).not.toContain("rm -rf");
});
