// @vitest-environment jsdom
/** What changes the page is done and laid out in a task of its own, not in the frame that paints it. */
import { describe, expect, it, vi } from "vitest";
import { inSomeFrame, withFrame } from "./pace";

const tenElements = () => 10;

describe("pace", () => {
  it("lays out what a job changed before its frame", async () => {
    const told: string[] = [];
    vi.spyOn(document.documentElement, "getBoundingClientRect").mockImplementation(() => {
      told.push("layout");
      return new DOMRect();
    });
    vi.spyOn(window, "requestAnimationFrame").mockImplementation((frame) => {
      told.push("frame");
      return window.setTimeout(frame, 0);
    });
    withFrame(() => told.push("change"));
    await vi.waitFor(() => expect(told).toEqual(["change", "layout", "frame"]));
  });

  it("runs what is urgent before what can wait, each once", async () => {
    const ran: string[] = [];
    inSomeFrame(() => ran.push("calm"));
    withFrame(() => ran.push("urgent"));
    await vi.waitFor(() => expect(ran).toEqual(["urgent", "calm"]));
  });

  it("leaves more work for the next frame than one can hold", async () => {
    const rooms: number[] = [];
    for (const _ of [1, 2]) {
      withFrame((room) => {
        rooms.push(room);
        return 100_000;
      });
    }
    await vi.waitFor(() => expect(rooms).toHaveLength(2));
    expect(rooms[1]).toBe(0);
    const after = vi.fn(tenElements);
    withFrame(after);
    await vi.waitFor(() => expect(after).toHaveBeenCalledOnce());
  });
});
