/** A pause is cut short by what makes another attempt worth while, and pages do not all come back in the same instant. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { open } from "#/api/http";
import { pause, pauseAfter, SPREAD } from "./pause";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => vi.useRealTimers());

const LONG = 15_000;

function begin(signal = new AbortController().signal) {
  const over = vi.fn();
  void pause(LONG, signal).then(over);
  return over;
}

async function server(answers: boolean): Promise<void> {
  const said = answers ? Promise.resolve(new Response("{}")) : Promise.reject(new TypeError("refused"));
  vi.spyOn(globalThis, "fetch").mockReturnValue(said);
  await open("GET", "/api/health/live").catch(() => undefined);
}

describe("a pause", () => {
  it("lasts as long as it should when nothing happens", async () => {
    const over = begin();
    await vi.advanceTimersByTimeAsync(LONG - 1);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(over).toHaveBeenCalledOnce();
  });

  it("ends within a second of the server answering again, each page at its own moment", async () => {
    await server(false);
    const over = begin();
    await server(true);
    await vi.advanceTimersByTimeAsync(SPREAD / 2 - 1);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(over).toHaveBeenCalledOnce();
  });

  it("sees the server go and come back", async () => {
    await server(true);
    const over = begin();
    await server(false);
    await server(true);
    await vi.advanceTimersByTimeAsync(SPREAD);
    expect(over).toHaveBeenCalledOnce();
  });

  it("is not cut by the answers of a server that was never away: it may have asked to wait", async () => {
    await server(true);
    const over = begin();
    await server(true);
    await vi.advanceTimersByTimeAsync(SPREAD);
    expect(over).not.toHaveBeenCalled();
  });

  it("ends soon after the network is back, and at once when the page is looked at", async () => {
    const online = begin();
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(SPREAD);
    expect(online).toHaveBeenCalledOnce();
    const seen = begin();
    document.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toHaveBeenCalledOnce();
  });

  it("ends at once when the page lets go", async () => {
    const letGo = new AbortController();
    const over = begin(letGo.signal);
    letGo.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(over).toHaveBeenCalledOnce();
  });

  it("grows from one failure to the next, then stays", () => {
    expect([1, 2, 6, 7].map((failures) => pauseAfter(failures))).toEqual([275, 1_100, 16_500, 16_500]);
  });
});
