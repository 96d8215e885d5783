/** Near its end, an idle page renews a provider's session, once, and never while something is under way. */
import { act } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sessionKey } from "#/api/sessions";
import { refusal, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { session } from "#/testing/samples";
import { forgetWay, keepWay } from "./lastWay";
import { useSilentRenewal } from "./useSilentRenewal";

const server = scriptedServer();
const MINUTE = 60_000;
const START = new Date("2026-11-20T12:00:00Z").getTime();

function Page({ text = "" }: { readonly text?: string }) {
  useSilentRenewal();
  return <textarea aria-label="text" defaultValue={text} />;
}

beforeEach(() => {
  // The network keeps its own time.
  vi.useFakeTimers({ now: START, toFake: ["Date", "setInterval", "clearInterval"] });
  sessionStorage.clear();
  keepWay("agora");
});

afterEach(() => {
  vi.useRealTimers();
  forgetWay();
});

/** Stay on the page, untouched; return what the server was asked. */
async function stay(minutes: number, text = "", end = START + 30 * MINUTE) {
  server.paths["/api/sign-in/agora"] = refusal(503, "sign_in_provider_unreachable");
  const known = { ...session, expires_at: new Date(end).toISOString() };
  render(<Page text={text} />, { server: [[sessionKey, known]] });
  await act(() => vi.advanceTimersByTimeAsync(minutes * MINUTE));
  await act(() => new Promise((done) => setTimeout(done, 100)));
  return server.requests.filter(({ path }) => path === "/api/sign-in/agora").map(({ body }) => body);
}

test("not before the last ten minutes", async () => {
  expect(await stay(19)).toEqual([]);
});

test("once, at this address, without a question", async () => {
  expect(await stay(29)).toEqual([{ return_to: window.location.pathname, silent: true, language: "fr" }]);
});

test("not over a text being written", async () => {
  expect(await stay(29, "un brouillon")).toEqual([]);
});

test("not for a session opened with a password", async () => {
  forgetWay();
  expect(await stay(29)).toEqual([]);
});

test("not once it is over", async () => {
  expect(await stay(29, "", START - MINUTE)).toEqual([]);
});
