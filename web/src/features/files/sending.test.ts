/** One file sent to a real server over HTTP that loses, refuses and moves parts: every byte arrives once. */
import { expect, test } from "vitest";
import { hangUp, json, refusal, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { type HandOver, sendFile } from "./sending";
import { sentFile } from "./testing/sentFile";
import { newUpload, reduceUploads, type Upload, type UploadAction } from "./upload";

const server = scriptedServer();
const TEXT = "0123456789";
const NEW = newUpload({ key: "k", name: "note.txt", size: TEXT.length });
const BEGUN: Upload = { ...NEW, id: "f1", file: sentFile(), received: 4 };

const at = (received: number) =>
  json(sentFile({ received, state: received === TEXT.length ? "received" : "receiving" }));
const list = (received: number) => json({ items: [sentFile({ received })] });
const none = json({ items: [] });
const asked = () => server.requests.map(({ method, path }) => `${method} ${path.replace("/api/files", "")}`);

async function send(upload: Upload = NEW, handOver?: HandOver): Promise<Upload | undefined> {
  let uploads: readonly Upload[] = [upload];
  await sendFile("k", {
    blob: new Blob([TEXT]),
    signal: new AbortController().signal,
    read: () => uploads[0] ?? null,
    dispatch: (action: UploadAction) => {
      uploads = reduceUploads(uploads, action);
    },
    handOver,
    pauses: [1],
  });
  return uploads[0];
}

test("part after part", async () => {
  server.answers = [0, 4, 8, 10].map(at);
  expect(await send()).toMatchObject({ phase: "arrived", received: 10 });
  expect(asked()).toEqual(["POST ", "PUT /f1/parts/0", "PUT /f1/parts/4", "PUT /f1/parts/8"]);
  expect(server.requests[0]?.body).toEqual({ name: "note.txt", size: 10 });
});

test("announced with the level of what it is for", async () => {
  server.answers = [0, 4, 8, 10].map(at);
  await send({ ...NEW, level: "restricted" });
  expect(server.requests[0]?.body).toMatchObject({ level: "restricted" });
});

test("after a lost connection, asks where the file stops and goes on from there", async () => {
  server.answers = [at(0), hangUp, list(4), at(8), at(10)];
  expect(await send()).toMatchObject({ phase: "arrived" });
  expect(asked().slice(1)).toEqual(["PUT /f1/parts/0", "GET ?id=f1", "PUT /f1/parts/4", "PUT /f1/parts/8"]);
});

test("begun before, goes on from what the server has, whatever was remembered", async () => {
  server.answers = [list(8), at(10)];
  expect(await send(BEGUN)).toMatchObject({ phase: "arrived" });
  expect(asked()).toEqual(["GET ?id=f1", "PUT /f1/parts/8"]);
});

test("goes where the server says that the part belongs, and gives up when it says the same again", async () => {
  server.answers = [at(0), refusal(409, "file_part_misplaced", { offset: 8 }), at(10)];
  expect(await send()).toMatchObject({ phase: "arrived" });
  expect(asked().at(-1)).toBe("PUT /f1/parts/8");
  server.answers = [at(0), refusal(409, "file_part_misplaced", { offset: 0 })];
  expect(await send()).toMatchObject({ phase: "failed", error: { code: "file_part_misplaced" } });
});

test("waits while the server is busy", async () => {
  server.answers = [
    refusal(503, "overloaded"),
    at(0),
    refusal(429, "too_many_requests"),
    list(0),
    at(4),
    at(8),
    at(10),
  ];
  expect(await send()).toMatchObject({ phase: "arrived" });
});

test("what the server forgot begins again; what is held already is not sent", async () => {
  server.answers = [none, none, ...[0, 4, 8, 10].map(at)];
  expect(await send(BEGUN)).toMatchObject({ phase: "arrived" });
  expect(asked().slice(0, 4)).toEqual(["GET ?id=f1", "GET /views?id=f1", "POST ", "PUT /f1/parts/0"]);
  server.requests = [];
  server.answers = [none, json({ items: [{ id: "f1" }] })];
  expect(await send(BEGUN)).toMatchObject({ phase: "arrived" });
  expect(asked()).toEqual(["GET ?id=f1", "GET /views?id=f1"]);
});

test("is refused with the reason of the server", async () => {
  server.answers = [refusal(413, "file_too_large", { limit: 5 })];
  expect(await send()).toMatchObject({ phase: "failed", error: { code: "file_too_large", params: { limit: 5 } } });
});

test("is handed over once whole; refused there, it is only handed over again", async () => {
  server.answers = [0, 4, 8, 10].map(at);
  const given: string[] = [];
  const refuse = () => Promise.reject(new Error("refused"));
  const refused = await send(NEW, refuse);
  expect(refused).toMatchObject({ phase: "failed", received: 10, error: { code: "internal_error" } });
  if (!refused) throw new Error("gone");
  server.requests = [];
  server.answers = [list(10)];
  const kept = await send({ ...refused, phase: "queued" }, async (_, id) => given.push(id));
  expect(kept).toMatchObject({ phase: "arrived" });
  expect([given, asked()]).toEqual([["f1"], ["GET ?id=f1"]]);
});
