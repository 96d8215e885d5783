// @vitest-environment jsdom
/** From one reading of a growing text to the next, only what changed is touched. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Mounted, type Mounting, showNodes } from "./mount";
import { readOpenBlock } from "./openBlock";
import { LABELS } from "./testing/labels";

let host: HTMLElement;
let mounted: readonly Mounted[];
let mounting: Mounting;

beforeEach(() => {
  host = document.body.appendChild(document.createElement("div"));
  mounted = [];
  mounting = { labels: LABELS, sanitise: vi.fn(), typeset: vi.fn(), colour: vi.fn(), made: vi.fn() };
});

function show(text: string): void {
  mounted = showNodes(mounting, host, mounted, readOpenBlock(text, {}, new Map()));
}

describe("a text that grows", () => {
  it("keeps its elements and its text nodes", () => {
    show("Un **mot** et la su");
    const [paragraph, strong] = [host.querySelector("p"), host.querySelector("strong")];
    const last = paragraph?.lastChild;
    show("Un **mot** et la suite du texte");
    expect([host.querySelector("p"), host.querySelector("strong")]).toEqual([paragraph, strong]);
    expect(paragraph?.lastChild).toBe(last);
    expect(host.textContent).toBe("Un mot et la suite du texte");
  });

  it("keeps a selection made in what was there", () => {
    show("- premier\n- deuxième point");
    const words = host.querySelector("li p")?.firstChild;
    getSelection()?.setBaseAndExtent(words ?? host, 0, words ?? host, 7);
    show("- premier\n- deuxième point\n- troisième");
    expect(getSelection()?.toString()).toBe("premier");
    expect(host.querySelectorAll("li")).toHaveLength(3);
  });

  it("sanitises each new piece once, and no more", () => {
    show("| a | b |\n|---|---|\n| 1 | 2 |");
    const before = vi.mocked(mounting.sanitise).mock.calls.length;
    show("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |");
    expect(vi.mocked(mounting.sanitise).mock.calls.length - before).toBe(1);
    expect(host.querySelectorAll("td")).toHaveLength(4);
  });

  it("names a table by its columns as they come", () => {
    show("| Année | Bud");
    show("| Année | Budget |\n|---|---|\n| 1 |");
    expect(host.firstElementChild?.getAttribute("aria-label")).toBe("Tableau : Année, Budget");
    expect(host.firstElementChild).toMatchObject({ tabIndex: 0 });
  });
});

describe("code that grows", () => {
  const lines = Array.from({ length: 60 }, (_, index) => `ligne ${index}`);

  it("touches its last lines only, and asks for colours once it is whole", () => {
    show(`\`\`\`py\n${lines.slice(0, 50).join("\n")}`);
    const code = host.querySelector("code");
    const first = code?.firstElementChild?.firstChild;
    show(`\`\`\`py\n${lines.join("\n")}`);
    expect(host.querySelector("code")).toBe(code);
    expect(code?.firstElementChild?.firstChild).toBe(first);
    expect(mounting.colour).not.toHaveBeenCalled();
    show(`\`\`\`py\n${lines.join("\n")}\n\`\`\``);
    expect(mounting.colour).toHaveBeenCalledOnce();
    expect(code?.textContent).toBe(lines.join("\n"));
  });

  it("can be reached and is named", () => {
    show("```py\nx\n```");
    const region = host.querySelector("pre");
    expect(region).toMatchObject({ tabIndex: 0 });
    expect(region?.getAttribute("aria-label")).toBe("Code py");
    expect(host.querySelector("button")?.getAttribute("aria-label")).toBe("Copier le code");
  });

  it("keeps its text when it is coloured", () => {
    show("```py\nx = 1\n\ny = 2 # non\n```");
    const frame = mounted[0]?.frame;
    const made = frame?.colour(0, [
      [
        [1, "parameter"],
        [2, null],
      ],
      [],
      [
        [6, null],
        [5, "comment"],
      ],
    ]);
    expect(made).toBeGreaterThan(1);
    expect(host.querySelector("code")?.textContent).toBe("x = 1\n\ny = 2 # non");
    expect(frame?.colour(1, [])).toBe(0);
  });
});

it("takes away what was only likely", () => {
  show("| a | b");
  expect(host.querySelector("table")).not.toBeNull();
  show("| a | b\nune phrase");
  expect(host.querySelector("table")).toBeNull();
  expect(host.querySelector("p")?.textContent).toContain("une phrase");
});

it("begins the headings of an answer under those of the page", () => {
  show("# Un");
  expect(host.firstElementChild?.localName).toBe("h3");
});
