/** Files on their way: three at once, each step told, a failure kept to its file, nothing forgotten by a reload. */
import { describe, expect, it } from "vitest";
import type { SentFile } from "#/api/types";
import {
  foundUpload,
  isGiven,
  isLeaving,
  NOT_WHOLE,
  newUpload,
  nextToSend,
  percentSent,
  reduceUploads,
  type Upload,
  type UploadAction,
} from "./upload";

const FILE: SentFile = {
  id: "f1",
  name: "note.txt",
  size: 100,
  received: 0,
  part_size: 40,
  level: "internal",
  state: "receiving",
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

function become(...actions: readonly UploadAction[]): Upload {
  const [one] = actions.reduce(reduceUploads, [newUpload("k", { name: "note.txt", size: 100 })]);
  if (!one) throw new Error("removed");
  return one;
}

const told = (file: Partial<SentFile>): UploadAction => ({ type: "told", key: "k", file: { ...FILE, ...file } });
const begun: UploadAction = { type: "begun", key: "k" };

describe("an upload", () => {
  it("is sent, then read", () => {
    expect(become(begun, told({ received: 40 }))).toMatchObject({ phase: "sending", received: 40, id: "f1" });
    expect(percentSent(become(begun, told({ received: 40 })))).toBe(40);
    expect(become(begun, told({ received: 100, state: "received" })).phase).toBe("reading");
    expect(become(begun, told({ received: 100, state: "read" })).phase).toBe("read");
  });

  it("goes on from where the server says after a loss", () => {
    const lost = become(begun, told({ received: 40 }), { type: "lost", key: "k" });
    expect(lost).toMatchObject({ phase: "sending", away: true });
    const [placed] = reduceUploads([lost], { type: "placed", key: "k", received: 20 });
    expect(placed).toMatchObject({ phase: "sending", away: false, received: 20 });
  });

  it("fails with its reason; tried again, it is read again when the server has all of it, or sent", () => {
    const unread = [begun, told({ received: 100, state: "failed", error: "file_damaged" })] as const;
    expect(become(...unread)).toMatchObject({ phase: "failed", error: { code: "file_damaged" } });
    expect(become(...unread, { type: "retried", key: "k" })).toMatchObject({ phase: "reading", error: null });
    const refused: UploadAction = { type: "failed", key: "k", error: { code: "file_too_large", params: {} } };
    expect(become(begun, refused, { type: "retried", key: "k" }).phase).toBe("queued");
  });

  it("goes with the question once the server has it, and holds it up before", () => {
    expect([become(), become(begun)].map(isLeaving)).toEqual([true, true]);
    const reading = become(begun, told({ received: 100, state: "reading" }));
    expect([isLeaving(reading), isGiven(reading)]).toEqual([false, true]);
    expect(isGiven(become(begun, told({ received: 100, state: "failed", error: "file_empty" })))).toBe(false);
  });

  it("is found again after a reload, or must be given again", () => {
    expect(foundUpload({ ...FILE, received: 100, state: "read" })).toMatchObject({ key: "f1", phase: "read" });
    expect(foundUpload({ ...FILE, received: 40 })).toMatchObject({ phase: "failed", error: { code: NOT_WHOLE } });
  });
});

describe("several uploads", () => {
  it("leave three at once, in order, and not twice", () => {
    const all = ["a", "b", "c", "d"].map((key) => newUpload(key, { name: key, size: 1 }));
    const added = reduceUploads([], { type: "added", uploads: all });
    expect(nextToSend(added).map(({ key }) => key)).toEqual(["a", "b", "c"]);
    const sending = ["a", "b", "c"].reduce((now, key) => reduceUploads(now, { type: "begun", key }), added);
    expect(nextToSend(sending)).toEqual([]);
    const left = reduceUploads(sending, { type: "removed", keys: ["b"] });
    expect(nextToSend(left).map(({ key }) => key)).toEqual(["d"]);
    expect(reduceUploads(left, { type: "added", uploads: all.slice(0, 1) })).toHaveLength(3);
  });
});
