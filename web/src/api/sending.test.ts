import { afterEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "./http";
import { type Begun, sendFile } from "./sending";

const PART = 4;
const file = new File(["0123456789"], "note.txt");

interface Server {
  received: number;
  known: boolean;
  held: boolean;
  /** Offsets of the parts that came. */
  readonly parts: number[];
}

function serve(server: Server, refuse: (offset: number) => Response | null = () => null): void {
  const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
  const shown = () => ({ id: "f1", part_size: PART, received: server.received });
  vi.stubGlobal("fetch", async (path: string, { method, body }: RequestInit) => {
    if (path.startsWith("/api/files/views")) return json({ items: server.held ? [{ id: "f1" }] : [] });
    if (method === "GET") return json({ items: server.known ? [shown()] : [] });
    if (method === "POST") {
      Object.assign(server, { known: true, received: 0 });
      return json(shown(), 201);
    }
    const offset = Number(path.split("/").at(-1));
    server.parts.push(offset);
    const refused = refuse(offset);
    if (refused) return refused;
    server.received = offset + (body as Blob).size;
    return json(shown());
  });
}

async function send(begun: Begun | null = null) {
  const begins: Begun[] = [];
  const onBegun = (one: Begun) => begins.push(one);
  const signal = new AbortController().signal;
  const id = await sendFile({
    file,
    level: "internal",
    keepMetadata: false,
    begun,
    onBegun,
    onReceived: () => undefined,
    signal,
  });
  return { id, begins };
}

afterEach(() => vi.unstubAllGlobals());

describe("sending a file", () => {
  test("part after part, from where the server says", async () => {
    const server: Server = { received: 0, known: false, held: false, parts: [] };
    serve(server);
    const { id, begins } = await send();
    expect([id, begins]).toEqual(["f1", [{ id: "f1", partSize: PART }]]);
    expect(server.parts).toEqual([0, 4, 8]);
  });

  test("goes on from what arrived", async () => {
    const server: Server = { received: 8, known: true, held: false, parts: [] };
    serve(server);
    expect((await send({ id: "f1", partSize: PART })).begins).toEqual([]);
    expect(server.parts).toEqual([8]);
  });

  test("a part that came although its answer was lost is not sent twice", async () => {
    const server: Server = { received: 0, known: true, held: false, parts: [] };
    let lost = true;
    serve(server, (offset) => {
      if (offset !== 0 || !lost) return null;
      lost = false;
      server.received = PART;
      return new Response(JSON.stringify({ code: "file_part_misplaced", params: { offset: PART } }), { status: 409 });
    });
    await send({ id: "f1", partSize: PART });
    expect(server.parts).toEqual([0, 4, 8]);
  });

  test("what the server forgot begins again; what is held already is not sent", async () => {
    const forgotten: Server = { received: 8, known: false, held: false, parts: [] };
    serve(forgotten);
    expect((await send({ id: "f0", partSize: PART })).begins).toHaveLength(1);
    expect(forgotten.parts).toEqual([0, 4, 8]);
    const held: Server = { received: 10, known: false, held: true, parts: [] };
    serve(held);
    expect(await send({ id: "f1", partSize: PART })).toEqual({ id: "f1", begins: [] });
    expect(held.parts).toEqual([]);
  });

  test("a refusal is the end", async () => {
    const server: Server = { received: 0, known: false, held: false, parts: [] };
    serve(server, () => new Response(JSON.stringify({ code: "file_too_large" }), { status: 413 }));
    await expect(send()).rejects.toBeInstanceOf(ApiError);
    expect(server.parts).toEqual([0]);
  });
});
