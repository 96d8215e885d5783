// @vitest-environment jsdom
/** Whatever an answer holds, and wherever its stream is cut, what the page shows of it is inert (TA-044, TA-091, TA-092). */
import { render, waitFor } from "@testing-library/react";
import { IntlProvider } from "use-intl";
import { afterEach, describe, expect, it, vi } from "vitest";
import messages from "#/i18n/fr";
import { Answer } from "./Answer";
import { BLOCKS_START, feedBlocks, flushBlocks } from "./blocks";
import { drawFormula } from "./formulas/draw";
import type { DrawnElement } from "./formulas/kinds";
import { inlineReader, toNodes } from "./markdown";
import { type Mounted, type Mounting, showNodes } from "./mount";
import { readOpenBlock } from "./openBlock";
import { proseSanitiser } from "./sanitise";
import { OWN_CLASSES } from "./style";
import { CONSTRUCTS } from "./testing/corpus";
import { FormulaWorker } from "./testing/formulas";
import { HOSTILE } from "./testing/hostile";
import { faults } from "./testing/inert";
import { LABELS } from "./testing/labels";

const sanitise = proseSanitiser(OWN_CLASSES);
const mounting: Mounting = { labels: LABELS, sanitise, typeset: () => {}, colour: () => {}, made: () => {} };

/** Streams a text one character at a time into a page and looks at it after each. */
function lookAtEveryCut(text: string, look: (host: Element, at: number) => void): void {
  const host = document.body.appendChild(document.createElement("div"));
  let machine = BLOCKS_START;
  let tail: readonly Mounted[] = [];
  const settle = (blocks: ReturnType<typeof flushBlocks>[1]) => {
    for (const { tokens } of blocks) {
      const nodes = toNodes(tokens, inlineReader({ references: machine.references }));
      showNodes(mounting, host, tail.slice(0, nodes.length), nodes);
      tail = tail.slice(nodes.length);
    }
  };
  for (let at = 0; at < text.length; at += 1) {
    const [next, blocks] = feedBlocks(machine, text[at] ?? "");
    machine = next;
    settle(blocks);
    tail = showNodes(mounting, host, tail, readOpenBlock(machine.open, machine.references, new Map()));
    look(host, at);
  }
  const [end, last] = flushBlocks(machine);
  machine = end;
  settle(last);
  look(host, text.length);
  host.remove();
}

describe("a hostile answer", () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each(HOSTILE)("is inert at every cut: %j", (text) => {
    lookAtEveryCut(text, (host, at) => expect(faults(host), `after ${at} characters`).toEqual([]));
  });

  it("is inert inside every construct", () => {
    const payload = "<img src=x onerror=alert(1)>[x](javascript:alert(1))![y](https://attacker.example)\"'";
    for (const text of Object.values(CONSTRUCTS)) {
      const words = text.replaceAll(/[a-zé]{4,}/g, (word) => `${word}${payload}`).slice(0, 600);
      lookAtEveryCut(words, (host, at) => expect(faults(host), `after ${at} characters`).toEqual([]));
    }
  }, 30_000);

  it("is inert once formulas are set and all is done", async () => {
    vi.stubGlobal("Worker", FormulaWorker);
    const ready = vi.fn();
    const { container } = render(
      <IntlProvider locale="fr" messages={messages}>
        <Answer text={HOSTILE.join("\n\n")} streaming={false} onReady={ready} />
      </IntlProvider>,
    );
    await waitFor(() => expect(ready).toHaveBeenCalled(), { timeout: 20_000 });
    expect(faults(container.firstElementChild ?? container)).toEqual([]);
    expect(container.querySelector(".katex")).not.toBeNull();
  }, 30_000);

  it("shows raw HTML as the text it is", () => {
    const text = "Un <b>mot</b> <script>alert(1)</script>";
    lookAtEveryCut(text, (host, at) => {
      expect(host.textContent?.trim()).toBe(text.slice(0, at + 1).trim());
    });
  });
});

/** A page where the first wall has fallen: elements that no node can make. */
function fallen(): HTMLElement {
  const host = document.createElement("div");
  const make = (tag: string, attributes: Readonly<Record<string, string>>, namespace?: string) => {
    const element = namespace ? document.createElementNS(namespace, tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    host.append(element);
    return element;
  };
  make("script", {}).textContent = "alert(1)";
  make("img", { src: "x:", onerror: "alert(1)" });
  make("iframe", { srcdoc: "x" });
  make("form", { action: "https://attacker.example" });
  make("a", { href: "javascript:alert(1)", onclick: "alert(1)", id: "root", style: "position:fixed" });
  make("a", { href: "data:text/html,x" });
  make("p", { class: "modal" });
  make("svg", { onload: "alert(1)" }, "http://www.w3.org/2000/svg");
  make("math", { href: "javascript:alert(1)" }, "http://www.w3.org/1998/Math/MathML");
  make("style", {}).textContent = "@import 'https://attacker.example'";
  return host;
}

describe("the last look at the DOM", () => {
  it("takes away from prose what is not prose", () => {
    const host = fallen();
    sanitise(host);
    expect(faults(host).filter((fault) => !/^link|^class|^address $/.test(fault))).toEqual([]);
    expect(host.innerHTML).not.toMatch(/script|alert|attacker|style|data:|modal|svg|math|img|iframe|form/);
  });

  it("refuses whole a formula that holds anything else", () => {
    for (const foreign of fallen().children) {
      const formula = drawFormula(span({ children: [drawnOf(foreign)] }));
      const harmless = foreign.localName === "math" || foreign.localName === "svg";
      expect(formula !== null, foreign.localName).toBe(harmless);
      if (harmless) expect(formula?.innerHTML).not.toMatch(/javascript|onload|href/);
    }
    expect(drawFormula(span({ namespace: "https://attacker.example" }))).toBeNull();
    expect(drawFormula(span({ attributes: { style: "position:fixed" } }))?.outerHTML).toBe("<span></span>");
  });

  it.each([
    ["height", "2em", true],
    ["color", "red", true],
    ["borderBottomWidth", "1em", true],
    ["position", "relative", true],
    ["position", "fixed", false],
    ["backgroundImage", "url(https://attacker.example)", false],
    ["borderImage", "url(https://attacker.example)", false],
    ["cssText", "position: fixed", false],
    ["zIndex", "9", false],
  ])("takes a formula with %s: %s: %s", (name, value, taken) => {
    expect(drawFormula(span({ style: { [name]: value } })) !== null).toBe(taken);
  });
});

function span(parts: Partial<DrawnElement>): DrawnElement {
  return { tag: "span", namespace: "http://www.w3.org/1999/xhtml", attributes: {}, style: {}, children: [], ...parts };
}

function drawnOf(element: Element): DrawnElement {
  const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  return span({ tag: element.localName, namespace: element.namespaceURI ?? "", attributes });
}
