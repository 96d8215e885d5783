import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { AT_ONCE } from "./upload";
import { useUploads } from "./useUploads";

const given = (...names: readonly string[]) => names.map((name) => ({ file: new File(["abc"], name), folder: "" }));

/** A server that answers parts one by one, when told to. */
function serve() {
  const waiting: (() => void)[] = [];
  let made = 0;
  vi.stubGlobal("fetch", async (path: string, { method, signal }: RequestInit) => {
    if (method === "POST") {
      made += 1;
      return new Response(JSON.stringify({ id: `f${made}`, part_size: 1_000 }), { status: 201 });
    }
    await new Promise<void>((resolve, reject) => {
      waiting.push(resolve);
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
    return new Response(JSON.stringify({ id: path, received: 3 }));
  });
  return waiting;
}

function answerAll(waiting: (() => void)[]): void {
  for (const answer of waiting.splice(0)) answer();
}

afterEach(() => vi.unstubAllGlobals());

test("few at once, each given over when it has arrived, a failure to give it over is its own", async () => {
  const parts = serve();
  const kept: string[] = [];
  const { result } = renderHook(() =>
    useUploads(async ({ name }) => {
      if (name === "b") throw new Error("refused");
      kept.push(name);
    }),
  );
  act(() => result.current.add("base", "internal", given("a", "b", "c", "d")));
  await waitFor(() => expect(parts).toHaveLength(AT_ONCE));
  expect(result.current.uploads.map(({ phase }) => phase)).toEqual(["sending", "sending", "sending", "waiting"]);
  await act(async () => answerAll(parts));
  await waitFor(() => expect(parts).toHaveLength(1));
  await act(async () => answerAll(parts));
  await waitFor(() =>
    expect(result.current.uploads.map(({ phase }) => phase)).toEqual(["kept", "failed", "kept", "kept"]),
  );
  expect(kept).toEqual(["a", "c", "d"]);
  act(() => result.current.clear("base"));
  expect(result.current.uploads.map(({ name }) => name)).toEqual(["b"]);
});

test("given up, it stops without a failure and leaves its place", async () => {
  const parts = serve();
  const { result } = renderHook(() => useUploads(async () => undefined));
  act(() => result.current.add("base", "internal", given("a", "b", "c", "d")));
  await waitFor(() => expect(parts).toHaveLength(AT_ONCE));
  await act(async () => result.current.remove(result.current.uploads[0]?.key ?? ""));
  await waitFor(() => expect(parts).toHaveLength(AT_ONCE + 1));
  expect(result.current.uploads.map(({ name, phase }) => [name, phase])).toEqual([
    ["b", "sending"],
    ["c", "sending"],
    ["d", "sending"],
  ]);
});
