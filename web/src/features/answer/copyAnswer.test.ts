// @vitest-environment jsdom
/** What other programs get of an answer: clean HTML of their own kind, with the Markdown beside it. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { answerAsHtml, copyAnswer, copyMarkdown } from "./copyAnswer";
import { FormulaWorker } from "./testing/formulas";

const body = async (markdown: string) => /<body>(.*)<\/body>/s.exec(await answerAsHtml(markdown))?.[1];

describe("an answer as HTML", () => {
  beforeAll(() => {
    vi.stubGlobal("Worker", FormulaWorker);
  });
  afterAll(() => vi.unstubAllGlobals());

  it.each([
    [
      "# Titre\n\nUn **mot** et *un* `code`.",
      "<h1>Titre</h1><p>Un <strong>mot</strong> et <em>un</em> <code>code</code>.</p>",
    ],
    ["3. trois\n4. quatre", '<ol start="3"><li><p>trois</p></li><li><p>quatre</p></li></ol>'],
    ["- [x] fait", "<ul><li><p>☑ fait</p></li></ul>"],
    ["[HAL](https://hal.science)", '<p><a href="https://hal.science/">HAL</a></p>'],
    ["```py\nif a < b:\n    x\n```", "<pre><code>if a &lt; b:\n    x</code></pre>"],
    ["![vue](https://a.fr/b.png)", "<p>vue (https://a.fr/b.png)</p>"],
    ["<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"],
    ['[x](https://a.fr/"onclick=)', '<p><a href="https://a.fr/%22onclick=">x</a></p>'],
  ])("%j", async (markdown, html) => {
    expect(await body(markdown)).toBe(html);
  });

  it("keeps tables as tables, figures to the right", async () => {
    expect(await body("| a | b |\n|---|---|\n| x | 12,5 |")).toBe(
      '<table border="1" cellspacing="0" cellpadding="4"><thead><tr><th>a</th><th align="right">b</th></tr></thead>' +
        '<tbody><tr><td>x</td><td align="right">12,5</td></tr></tbody></table>',
    );
  });

  it.each([
    ["x_1^2 + y", "<i>x</i><sub>1</sub><sup>2</sup> + <i>y</i>"],
    ["E = mc^2", "<i>E</i> = <i>m</i><i>c</i><sup>2</sup>"],
    ["\\frac{a}{b}", "<i>a</i>/<i>b</i>"],
    ["\\frac{a+1}{2b}", "(<i>a</i> + 1)/(2<i>b</i>)"],
    ["\\sqrt{x+1}", "√(<i>x</i> + 1)"],
    ["\\sin x < \\mathrm{Re}", "sin <i>x</i> &lt; Re"],
    ["\\sum_{i=1}^{n} a_i", "∑<sub><i>i</i> = 1</sub><sup><i>n</i></sup><i>a</i><sub><i>i</i></sub>"],
    ["\\hat{x} + \\vec{v}", "<i>x\u0302</i> + <i>v\u20D7</i>"],
    ["\\alpha \\in \\mathbb{R}", "<i>α</i> ∈ ℝ"],
    ["\\mathbf{E} = \\mathcal{L}", "<b>E</b> = 𝓛"],
  ])("writes %s on a line", async (tex, html) => {
    expect(await body(`soit $${tex}$`)).toBe(`<p>soit ${html}</p>`);
  });

  it.each([["\\binom{n}{k}"], ["\\begin{pmatrix}a&b\\end{pmatrix}"], ["\\widehat{abc}"], ["\\cancel{x}"], ["\\frac{"]])(
    "leaves %s in source rather than change its meaning",
    async (tex) => {
      expect(await body(`$$${tex}$$`)).toBe(`<p align="center"><code>${tex.replace("&", "&amp;")}</code></p>`);
    },
  );
});

describe("the clipboard", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("gets both forms", async () => {
    const written: Record<string, string>[] = [];
    type Parts = Readonly<Record<string, Blob | Promise<Blob>>>;
    class Item {
      readonly parts: Parts;
      constructor(parts: Parts) {
        this.parts = parts;
      }
    }
    const write = async ([item]: readonly Item[]) => {
      const pairs = Object.entries(item?.parts ?? {}).map(async ([type, part]) => [type, await text(await part)]);
      written.push(Object.fromEntries(await Promise.all(pairs)));
    };
    vi.stubGlobal("ClipboardItem", Item);
    vi.stubGlobal("navigator", { clipboard: { write } });
    expect(await copyAnswer("**a**")).toBe(true);
    expect(await copyMarkdown("**a**")).toBe(true);
    expect(written).toEqual([
      { "text/plain": "**a**", "text/html": expect.stringContaining("<strong>a</strong>") },
      { "text/plain": "**a**" },
    ]);
  });

  it("is reached by the older way where the newer is missing, and says so when it refuses", async () => {
    const set = vi.fn();
    document.execCommand = () => {
      const event = new Event("copy", { bubbles: true, cancelable: true });
      document.dispatchEvent(Object.assign(event, { clipboardData: { setData: set } }));
      return true;
    };
    expect(await copyAnswer("**a**")).toBe(true);
    expect(set.mock.calls.map(([type]) => type)).toEqual(["text/plain", "text/html"]);
    document.execCommand = () => false;
    expect(await copyMarkdown("a")).toBe(false);
  });
});

function text(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsText(blob);
  });
}
