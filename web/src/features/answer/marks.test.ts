// @vitest-environment jsdom
/** Numbers of citations stand where the server found them, however the text arrives and whatever Markdown makes of it. */
import { beforeEach, describe, expect, it } from "vitest";
import { inlineReader, readBlocks, toNodes } from "./markdown";
import { type Finding, marksIn, marksOf, withMarks, withoutComing, withSigns } from "./marks";
import { type AnswerNode, hasChildren } from "./nodes";
import { faults } from "./testing/inert";
import { LABELS } from "./testing/labels";
import { answerView } from "./view";

const points = (text: string, until: string) => Array.from(text.slice(0, text.indexOf(until))).length;

function finding(
  text: string,
  written: string,
  index: number,
  state: "verified" | "unsupported" = "verified",
): Finding {
  const start = points(text, written);
  const end = start + Array.from(written).length;
  const number = Number(/\d+/.exec(written)?.[0]);
  return { cited: { index, number, state, label: `Citation ${index}` }, end, marker: [start, end] };
}

function read(text: string, findings: readonly Finding[], growing = false): readonly AnswerNode[] {
  const marks = marksIn(marksOf(text, findings, growing), 0, text.length + 1);
  const tokens = readBlocks(withSigns(text, 0, marks), { references: {} });
  return withMarks(toNodes(tokens, inlineReader({ references: {} })), text, 0, marks);
}

/** The words, with each number between braces. */
function shown(nodes: readonly AnswerNode[]): string {
  return nodes
    .map((node) => {
      if (node.kind === "cite")
        return `${node.before}{${node.cited.map(({ number }) => number).join(",")}}${node.after}`;
      if (hasChildren(node)) return shown(node.children);
      if (node.kind === "maths") return node.tex;
      if (node.kind === "picture") return node.words;
      return "text" in node ? node.text : "";
    })
    .join("");
}

describe("marks", () => {
  it("takes the place of the number and of the space before it", () => {
    const text = "Vingt ans [1]. Le *budget* [2] suit.";
    expect(shown(read(text, [finding(text, "[1]", 0), finding(text, "[2]", 1)]))).toBe(
      "Vingt ans{1}. Le budget{2} suit.",
    );
  });

  it("leaves as it is a number that nothing was found of, once the text is whole", () => {
    expect(shown(read("Vingt ans [7].", [], true))).toBe("Vingt ans{7}.");
    expect(shown(read("Vingt ans [7].", []))).toBe("Vingt ans [7].");
  });

  it("never stands in code, a formula or a link", () => {
    const text = "`a[1]` puis $x[1]$ puis [lien [1]](https://exemple.fr) et fin [2].";
    const findings = [finding(text, "[1]", 0), finding(text, "[2]", 1)];
    expect(shown(read(text, findings, true))).toBe("a[1] puis x[1] puis lien [1] et fin{2}.");
  });

  it("closes bold words as the bracket did", () => {
    const text = "**Vingt ans.**[1] Suite.";
    const nodes = read(text, [finding(text, "[1]", 0)]);
    expect(shown(nodes)).toBe("Vingt ans.{1} Suite.");
    expect(JSON.stringify(nodes)).toContain('"tag":"strong"');
  });

  it("stands at the end of a sentence that wrote none, inside the last cell of a row", () => {
    const cited = { index: 0, number: 3, state: "verified", label: "" } as const;
    const text = "Vingt ans. Suite.";
    expect(shown(read(text, [{ cited, end: 10, marker: null }]))).toBe("Vingt ans.{3} Suite.");
    const table = "| a | b |\n|---|---|\n| un | deux |\n";
    expect(shown(read(table, [{ cited, end: table.length - 1, marker: null }]))).toBe("abundeux{3}");
  });

  it("counts code points, and line ends once", () => {
    const text = "👩‍🚀 𝔸\r\nVingt ans [1].\r\nFin [2].";
    const findings = [finding(text, "[1]", 0), finding(text, "[2]", 1)];
    const normal = text.replaceAll("\r\n", "\n");
    expect(marksOf(text, findings, false).map(({ start, end }) => normal.slice(start, end))).toEqual([" [1]", " [2]"]);
  });

  it("shows several numbers written together", () => {
    const text = "Vingt ans [1, 2].";
    const one = finding(text, "[1, 2]", 0);
    expect(shown(read(text, [one, { ...one, cited: { ...one.cited, number: 2, index: 1 } }]))).toBe("Vingt ans{1,2}.");
  });

  it("waits for a number that is being written", () => {
    expect(withoutComing("Vingt ans [")).toBe("Vingt ans ");
    expect(withoutComing("Vingt ans [1, ")).toBe("Vingt ans ");
    expect(withoutComing("Vingt ans [1]")).toBe("Vingt ans [1]");
    expect(withoutComing("Un [mot")).toBe("Un [mot");
  });
});

describe("an answer that cites", () => {
  const text =
    "# Titre\n\nLes **dossiers** sont gardés vingt ans [1]. Une suite `x[1]` sans source.\n\n- un point [2]\n- deux [1][2]\n\nFin 𝔸 [9].\n";
  const all = [...text.matchAll(/\[(\d)\](?!`)/g)].map(({ 0: written, 1: number, index }, place): Finding => {
    const start = Array.from(text.slice(0, index)).length;
    const cited = { index: place, number: Number(number), state: "verified", label: `Citation ${number}` } as const;
    return { cited, end: start, marker: [start, start + written.length] };
  });
  let host: HTMLElement;

  beforeEach(() => {
    document.body.replaceChildren();
    host = document.body.appendChild(document.createElement("div"));
  });

  const frames = (count = 4) =>
    Array.from({ length: count }).reduce<Promise<void>>(
      (before) => before.then(() => new Promise((resolve) => setTimeout(resolve, 20))),
      Promise.resolve(),
    );

  async function once(): Promise<string> {
    const other = document.createElement("div");
    const view = answerView(other, { labels: LABELS, onReady: () => undefined });
    view.show(text, false, marksOf(text, all, false));
    await frames(8);
    const { innerHTML } = other;
    view.close();
    return innerHTML.replaceAll(/ settled|_settled\w*/g, "");
  }

  it("ends as the same page, wherever the text and what was found are cut", async () => {
    const whole = await once();
    expect(whole.match(/data-action="cite:/g)).toHaveLength(all.length);
    for (const step of [1, 3, 7, 19]) {
      const view = answerView(host, { labels: LABELS, onReady: () => undefined });
      for (let at = 0; at <= text.length; at += step) {
        const part = text.slice(0, at);
        const known = all.filter(({ end }) => end + 6 < Array.from(part).length);
        view.show(part, true, marksOf(part, known, true));
        if (at % 5 === 0) await frames(1);
      }
      view.show(text, true, marksOf(text, all.slice(0, 2), true));
      await frames(2);
      view.show(text, false, marksOf(text, all.slice(0, 2), false));
      await frames(2);
      view.show(text, false, marksOf(text, all, false));
      await frames(8);
      expect(host.innerHTML.replaceAll(/ settled|_settled\w*/g, "")).toBe(whole);
      view.close();
    }
    expect(faults(host)).toEqual([]);
  }, 30_000);

  it("keeps the same buttons when more is known of what they open", async () => {
    const view = answerView(host, { labels: LABELS, onReady: () => undefined });
    view.show(text, false, marksOf(text, all, false));
    await frames();
    const button = host.querySelector("button");
    button?.focus();
    const named = all.map((one) => ({ ...one, cited: { ...one.cited, label: "note.txt" } }));
    view.show(text, false, marksOf(text, named, false));
    await frames();
    expect(host.querySelector("button")).toBe(button);
    expect(document.activeElement?.getAttribute("aria-label")).toBe("note.txt");
    expect(faults(host)).toEqual([]);
    view.close();
  });
});
