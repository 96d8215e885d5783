/** A worker that answers is kept; one that falls or says nothing is ended, and another one hired. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { hiring } from "./hired";

const hired: Silent[] = [];

class Silent extends EventTarget {
  readonly heard: { readonly id: number; readonly text: string }[] = [];
  ended = false;

  constructor() {
    super();
    hired.push(this);
  }

  postMessage(request: { readonly id: number; readonly text: string }): void {
    this.heard.push(request);
  }

  terminate(): void {
    this.ended = true;
  }

  say(data: { readonly id: number; readonly said: string }): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

type Request = { readonly id: number; readonly text: string };
type Answer = { readonly id: number; readonly said: string };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("Worker", Silent);
  hired.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("answers each question with its own answer, whatever their order", async () => {
  const ask = hiring<Request, Answer>("/assets/x.js", 1_000);
  const [one, two] = [ask({ text: "un" }), ask({ text: "deux" })];
  hired[0]?.say({ id: 2, said: "b" });
  hired[0]?.say({ id: 1, said: "a" });
  expect([(await one)?.said, (await two)?.said]).toEqual(["a", "b"]);
  vi.advanceTimersByTime(5_000);
  expect(hired.map(({ ended }) => ended)).toEqual([false]);
});

it("ends one that says nothing in time, and hires another", async () => {
  const ask = hiring<Request, Answer>("/assets/x.js", 1_000);
  const lost = ask({ text: "sans fin" });
  vi.advanceTimersByTime(1_001);
  expect(await lost).toBeNull();
  const next = ask({ text: "un" });
  hired[1]?.say({ id: 2, said: "a" });
  expect((await next)?.said).toBe("a");
  expect(hired.map(({ ended }) => ended)).toEqual([true, false]);
});

it("does not wait for one that could not start", async () => {
  const ask = hiring<Request, Answer>("/assets/x.js", 1_000);
  const lost = ask({ text: "un" });
  hired[0]?.dispatchEvent(new Event("error"));
  expect(await lost).toBeNull();
});
