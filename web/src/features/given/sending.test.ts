/** One file sent to a real server over HTTP that loses, refuses and moves parts: every byte arrives once. */
import { expect, test } from "vitest";
import type { SentFile } from "#/api/types";
import { hangUp, json, refusal, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { sendFile } from "./sending";
import { newUpload, reduceUploads, type Upload } from "./upload";

const server = scriptedServer();
const TEXT = "Vingt ans, 208 000 €.";

function fileAt(received: number): SentFile {
  const size = new Blob([TEXT]).size;
  return {
    id: "f1",
    name: "note.txt",
    size,
    received,
    part_size: 10,
    level: "internal",
    state: received === size ? "received" : "receiving",
    step: null,
    step_page: null,
    pages: 0,
    kind: null,
    error: null,
    report: null,
    conversation_id: null,
    created_at: "2026-11-22T10:00:00Z",
    read_at: null,
  };
}

async function send(): Promise<Upload | undefined> {
  const blob = new Blob([TEXT]);
  let uploads: readonly Upload[] = [newUpload("k", { name: "note.txt", size: blob.size })];
  await sendFile("k", {
    blob,
    signal: new AbortController().signal,
    read: () => uploads[0] ?? null,
    dispatch: (action) => {
      uploads = reduceUploads(uploads, action);
    },
    pauses: [1],
  });
  return uploads[0];
}

const asked = () => server.requests.map(({ method, path }) => `${method} ${path}`);

test("part after part", async () => {
  server.answers = [0, 10, 20, 23].map((received) => json(fileAt(received)));
  expect(await send()).toMatchObject({ phase: "reading", received: 23 });
  expect(asked()).toEqual([
    "POST /api/files",
    "PUT /api/files/f1/parts/0",
    "PUT /api/files/f1/parts/10",
    "PUT /api/files/f1/parts/20",
  ]);
});

test("after a lost connection, asks where the file stops and goes on from there", async () => {
  const list = (received: number) => json({ items: [fileAt(received)] });
  server.answers = [json(fileAt(0)), hangUp, list(10), json(fileAt(20)), json(fileAt(23))];
  expect(await send()).toMatchObject({ phase: "reading" });
  expect(asked().slice(1)).toEqual([
    "PUT /api/files/f1/parts/0",
    "GET /api/files?id=f1",
    "PUT /api/files/f1/parts/10",
    "PUT /api/files/f1/parts/20",
  ]);
});

test("goes where the server says that the part belongs", async () => {
  const moved = refusal(409, "file_part_misplaced", { offset: 20 });
  server.answers = [json(fileAt(0)), moved, json(fileAt(23))];
  expect(await send()).toMatchObject({ phase: "reading" });
  expect(asked().at(-1)).toBe("PUT /api/files/f1/parts/20");
});

test("is refused with the reason of the server", async () => {
  server.answers = [refusal(413, "file_too_large", { limit: 5 })];
  expect(await send()).toMatchObject({ phase: "failed", error: { code: "file_too_large", params: { limit: 5 } } });
});
