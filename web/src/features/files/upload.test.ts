/** Files on their way: three at once, each step told, a failure kept to its file, nothing forgotten by a reload. */
import { describe, expect, it } from "vitest";
import { sentFile } from "./testing/sentFile";
import {
  foundUpload,
  isLeaving,
  isThere,
  NOT_WHOLE,
  newUpload,
  nextToSend,
  percentSent,
  progressOf,
  reduceUploads,
  type Upload,
  type UploadAction,
} from "./upload";

type Uploads = readonly Upload[];
const become = (...actions: readonly UploadAction[]): Uploads => actions.reduce<Uploads>(reduceUploads, []);
const added = (...keys: readonly string[]): UploadAction => ({
  type: "added",
  uploads: keys.map((key) => newUpload({ key, name: `${key}.txt`, size: 100, place: "base" })),
});
const begun = (key = "a"): UploadAction => ({ type: "begun", key });
const arrived = (key = "a"): UploadAction => ({ type: "arrived", key });
const retried: UploadAction = { type: "retried", key: "a" };
const told = (file: Parameters<typeof sentFile>[0], key = "a"): UploadAction => ({
  type: "told",
  key,
  file: sentFile({ size: 100, ...file }),
});
const failed = (key = "a", code = "file_too_large"): UploadAction => ({
  type: "failed",
  key,
  error: { code, params: {} },
});
const keysOf = (uploads: Uploads) => uploads.map(({ key }) => key);
const phasesOf = (uploads: Uploads) => uploads.map(({ phase }) => phase);

describe("a file on its way", () => {
  it("is sent, arrives, then is read", () => {
    const sending = become(added("a"), begun(), told({ received: 40 }));
    expect(sending).toMatchObject([{ phase: "sending", received: 40, id: "f1" }]);
    expect(sending.map(percentSent)).toEqual([40]);
    // Whole, it still has to be handed over to what it is for.
    const whole = [added("a"), begun(), told({ received: 100, state: "received" })];
    expect(phasesOf(become(...whole))).toEqual(["sending"]);
    expect(phasesOf(become(...whole, arrived()))).toEqual(["arrived"]);
    expect(phasesOf(become(...whole, arrived(), told({ received: 100, state: "read" })))).toEqual(["read"]);
  });

  it("goes on from where the server says after a loss", () => {
    const lost = become(added("a"), begun(), told({ received: 40 }), { type: "lost", key: "a" });
    expect(lost).toMatchObject([{ phase: "sending", away: true }]);
    const placed = reduceUploads(lost, { type: "placed", key: "a", received: 20 });
    expect(placed).toMatchObject([{ phase: "sending", away: false, received: 20 }]);
    expect(reduceUploads(lost, { type: "forgotten", key: "a" })).toMatchObject([{ id: null, received: 0 }]);
  });

  it("tried again, goes on from what arrived", () => {
    const again = become(added("a"), begun(), told({ received: 40 }), failed(), retried);
    expect(again).toMatchObject([{ phase: "queued", id: "f1", received: 40, error: null }]);
  });

  it("that could not be read is read again, not sent again", () => {
    const unread = told({ received: 100, state: "failed", error: "file_damaged" });
    const failure = [added("a"), begun(), arrived(), unread];
    expect(become(...failure)).toMatchObject([{ phase: "failed", error: { code: "file_damaged" } }]);
    expect(become(...failure, retried)).toMatchObject([{ phase: "arrived", error: null }]);
  });

  it("is tried again only when it failed, begun only when it waits", () => {
    const there = become(added("a"), begun(), arrived());
    expect(reduceUploads(there, retried)).toEqual(there);
    expect(reduceUploads(there, begun())).toEqual(there);
  });

  it("is leaving, then there", () => {
    const seen = [[added("a")], [added("a"), begun()], [added("a"), begun(), arrived()], [added("a"), failed()]];
    expect(seen.flatMap((actions) => become(...actions).map(isLeaving))).toEqual([true, true, false, false]);
    expect(seen.flatMap((actions) => become(...actions).map(isThere))).toEqual([false, false, true, false]);
  });

  it("is found again after a reload, or must be given again", () => {
    expect(foundUpload(sentFile({ size: 100, received: 100, state: "read" }))).toMatchObject({
      key: "f1",
      phase: "read",
    });
    expect(foundUpload(sentFile({ size: 100, received: 100, state: "reading" })).phase).toBe("arrived");
    const cut = foundUpload(sentFile({ size: 100, received: 40 }));
    expect(cut).toMatchObject({ phase: "failed", error: { code: NOT_WHOLE } });
  });
});

describe("several files", () => {
  it("leave three at once, in order, and not twice", () => {
    const five = become(added("a", "b", "c", "d", "e"));
    expect(keysOf(nextToSend(five))).toEqual(["a", "b", "c"]);
    const three = [begun("a"), begun("b"), begun("c")].reduce(reduceUploads, five);
    expect(nextToSend(three)).toEqual([]);
    // What is being handed over still counts; what arrived leaves its place.
    const whole = reduceUploads(three, told({ received: 100, state: "received" }));
    expect(nextToSend(whole)).toEqual([]);
    expect(keysOf(nextToSend(reduceUploads(whole, arrived())))).toEqual(["d"]);
    const left = reduceUploads(three, { type: "removed", keys: ["b"] });
    expect(keysOf(nextToSend(left))).toEqual(["d"]);
    expect(reduceUploads(left, added("a"))).toHaveLength(4);
  });

  it("fail alone, with what the server said", () => {
    const two = become(added("a", "b"), begun("a"), begun("b"), failed("a"));
    expect(phasesOf(two)).toEqual(["failed", "sending"]);
    expect(two[0]?.error).toEqual({ code: "file_too_large", params: {} });
  });

  it("progress by bytes, failures left out", () => {
    const some = become(added("a", "b", "c"), begun(), arrived(), begun("b"), told({ received: 50 }, "b"), failed("c"));
    expect(progressOf(some)).toEqual({ files: 3, there: 1, failed: 1, leaving: 1, share: 0.75 });
    expect(progressOf([]).share).toBe(1);
  });
});
