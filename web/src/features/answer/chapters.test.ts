// @vitest-environment jsdom
/** Chapters of a growing text may be skipped from the start; those of a whole text once laid out; none stays empty. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { chapters } from "./chapters";
import { css } from "./style";

const block = () => document.createElement("p");
const skippable = (host: Element) => [...host.children].map((chapter) => chapter.classList.contains(css("settled")));

function write(host: Element, blocks: number, growing: boolean) {
  const made = chapters(host);
  for (let count = 0; count < blocks; count += 1) {
    const one = block();
    made.current(growing).append(one);
    made.settle([one], [], growing);
  }
  return made;
}

describe("chapters", () => {
  let host: Element;

  beforeEach(() => {
    host = document.body.appendChild(document.createElement("div"));
  });

  it("of a growing text may be skipped before anything is in them", () => {
    write(host, 10, true);
    expect(skippable(host)).toEqual([true, true]);
    expect([...host.children].map((chapter) => chapter.childElementCount)).toEqual([8, 2]);
  });

  it("are there a little before they are needed, and not left empty at the end", async () => {
    const made = write(host, 5, true);
    await vi.waitFor(() => expect(host.childElementCount).toBe(2));
    made.end();
    expect(host.childElementCount).toBe(1);
  });

  it("of a text that came whole may be skipped once they are laid out", async () => {
    write(host, 10, false).end();
    expect(skippable(host)).toEqual([false, false]);
    await vi.waitFor(() => expect(skippable(host)).toEqual([true, true]));
  });

  it("are not made ahead in a page that has gone on to another text", async () => {
    write(host, 5, true);
    host.replaceChildren();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host.childElementCount).toBe(0);
  });
});
