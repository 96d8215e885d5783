/** Many files at once, to a server that answers parts when it is told to. */
import { afterEach, expect, test, vi } from "vitest";
import { sentFile } from "./testing/sentFile";
import { AT_ONCE } from "./upload";
import { createUploads, type Uploads } from "./uploads";

const given = (...names: readonly string[]) => names.map((name) => ({ file: new File(["abc"], name), folder: "" }));
const phases = (uploads: Uploads) => uploads.read().map(({ phase }) => phase);
const names = (uploads: Uploads) => uploads.read().map(({ name }) => name);

interface Served {
  /** Answers one part each. */
  readonly parts: (() => void)[];
  readonly deleted: string[];
  readonly readAgain: string[];
}

function serve(): Served {
  const served: Served = { parts: [], deleted: [], readAgain: [] };
  let made = 0;
  const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
  vi.stubGlobal("fetch", async (path: string, { method, signal }: RequestInit) => {
    const id = path.split("/")[3] ?? "";
    if (method === "DELETE") {
      served.deleted.push(id);
      return new Response(null, { status: 204 });
    }
    if (method === "GET") {
      const id = new URL(path, "http://page").searchParams.get("id") ?? "";
      return json({ items: [sentFile({ id, size: 3, received: 3, ...readAs(served, id) })] });
    }
    if (path.endsWith("/read")) {
      served.readAgain.push(id);
      return json(sentFile({ id, size: 3, received: 3, state: "received" }));
    }
    if (method === "POST") {
      made += 1;
      return json(sentFile({ id: `f${made}`, size: 3, part_size: 1_000 }), 201);
    }
    await new Promise<void>((resolve, reject) => {
      served.parts.push(resolve);
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
    return json(sentFile({ id, size: 3, received: 3, state: "received" }));
  });
  return served;
}

/** The first reading of a file fails. */
function readAs({ readAgain }: Served, id: string) {
  return readAgain.includes(id)
    ? ({ state: "read" } as const)
    : ({ state: "failed", error: "storage_unavailable" } as const);
}

function answerAll({ parts }: Served): void {
  for (const answer of parts.splice(0)) answer();
}

afterEach(() => vi.unstubAllGlobals());

test("few at once, each handed over when it has arrived, a failure to hand it over is its own", async () => {
  const served = serve();
  const kept: string[] = [];
  const uploads = createUploads({
    handOver: async ({ name }) => {
      if (name === "b") throw new Error("refused");
      kept.push(name);
    },
  });
  uploads.add(given("a", "b", "c", "d"), "base", "internal");
  await vi.waitFor(() => expect(served.parts).toHaveLength(AT_ONCE));
  expect(phases(uploads)).toEqual(["sending", "sending", "sending", "queued"]);
  answerAll(served);
  await vi.waitFor(() => expect(served.parts).toHaveLength(1));
  answerAll(served);
  await vi.waitFor(() => expect(phases(uploads)).toEqual(["arrived", "failed", "arrived", "arrived"]));
  expect(kept).toEqual(["a", "c", "d"]);
  uploads.release(uploads.read().flatMap(({ key, phase }) => (phase === "arrived" ? [key] : [])));
  expect(names(uploads)).toEqual(["b"]);
  expect(served.deleted).toEqual([]);
});

test("given up, it stops without a failure, leaves its place, and the server forgets it", async () => {
  const served = serve();
  const uploads = createUploads();
  uploads.add(given("a", "b", "c", "d"));
  await vi.waitFor(() => expect(served.parts).toHaveLength(AT_ONCE));
  uploads.remove([uploads.read()[0]?.key ?? ""]);
  await vi.waitFor(() => expect(served.parts).toHaveLength(AT_ONCE + 1));
  expect(names(uploads)).toEqual(["b", "c", "d"]);
  expect(phases(uploads)).toEqual(["sending", "sending", "sending"]);
  expect(served.deleted).toEqual(["f1"]);
});

test("followed until it is read; what could not be is read again, not sent again", async () => {
  const served = serve();
  const uploads = createUploads({ follows: true });
  uploads.add(given("a"));
  await vi.waitFor(() => expect(served.parts).toHaveLength(1));
  answerAll(served);
  await vi.waitFor(() => expect(phases(uploads)).toEqual(["failed"]));
  expect(uploads.read()[0]?.error).toEqual({ code: "storage_unavailable", params: {} });
  uploads.retry(uploads.read()[0]?.key ?? "");
  await vi.waitFor(() => expect(phases(uploads)).toEqual(["read"]), { timeout: 3_000 });
  expect(served).toMatchObject({ parts: [], readAgain: ["f1"] });
});

test("tells those who look, and nobody else", () => {
  serve();
  const uploads = createUploads();
  let told = 0;
  const leave = uploads.subscribe(() => {
    told += 1;
  });
  uploads.adopt([]);
  leave();
  uploads.adopt([]);
  expect(told).toBe(1);
});
