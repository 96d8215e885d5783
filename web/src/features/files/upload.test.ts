import { describe, expect, test } from "vitest";
import { type NewUpload, progressOf, reduce, startable, type UploadAction, type Uploads } from "./upload";

const upload = (key: string): NewUpload => ({
  key,
  name: `${key}.pdf`,
  size: 100,
  place: "base",
  folder: "",
  level: "internal",
});
const begun = { id: "f1", partSize: 10 };
const given = (...actions: readonly UploadAction[]): Uploads => actions.reduce(reduce, []);
const chosen = (...keys: readonly string[]): UploadAction => ({ type: "chosen", uploads: keys.map(upload) });
const keysOf = (uploads: Uploads) => uploads.map(({ key }) => key);

describe("files on their way", () => {
  test("three at once, in the order they were chosen", () => {
    const five = given(chosen("a", "b", "c", "d", "e"));
    expect(keysOf(startable(five))).toEqual(["a", "b", "c"]);
    const two = reduce(reduce(five, { type: "started", key: "a" }), { type: "started", key: "b" });
    expect(keysOf(startable(two))).toEqual(["c"]);
    expect(startable(reduce(two, { type: "started", key: "c" }))).toEqual([]);
    // What is being given to a base still counts; what is kept leaves its place.
    const three = reduce(reduce(two, { type: "started", key: "c" }), { type: "sent", key: "a" });
    expect(startable(three)).toEqual([]);
    expect(keysOf(startable(reduce(three, { type: "kept", key: "a" })))).toEqual(["d"]);
  });

  test("a failure is its own, and keeps what the server said", () => {
    const error = new Error("file_too_large");
    const one = given(
      chosen("a", "b"),
      { type: "started", key: "a" },
      { type: "started", key: "b" },
      { type: "failed", key: "a", error },
    );
    expect(one.map(({ phase }) => phase)).toEqual(["failed", "sending"]);
    expect(one[0]?.error).toBe(error);
  });

  test("tried again, it goes on from what arrived", () => {
    const again = given(
      chosen("a"),
      { type: "started", key: "a" },
      { type: "begun", key: "a", begun },
      { type: "received", key: "a", received: 40 },
      { type: "failed", key: "a", error: new Error() },
      { type: "again", key: "a" },
    );
    expect(again[0]).toMatchObject({ phase: "waiting", begun, received: 40, error: null });
  });

  test("only what failed is tried again, only what waits is started", () => {
    const kept = given(chosen("a"), { type: "kept", key: "a" });
    expect(reduce(kept, { type: "again", key: "a" })).toEqual(kept);
    expect(reduce(kept, { type: "started", key: "a" })).toEqual(kept);
  });

  test("given up, it is gone; cleared, only what is kept goes, and only there", () => {
    const three = given(chosen("a", "b", "c"), { type: "kept", key: "b" }, { type: "removed", key: "a" });
    expect(keysOf(three)).toEqual(["b", "c"]);
    expect(keysOf(reduce(three, { type: "cleared", place: "elsewhere" }))).toEqual(["b", "c"]);
    expect(keysOf(reduce(three, { type: "cleared", place: "base" }))).toEqual(["c"]);
  });

  test("progress counts bytes, failures left out", () => {
    const some = given(
      chosen("a", "b", "c"),
      { type: "sent", key: "a" },
      { type: "kept", key: "a" },
      { type: "received", key: "b", received: 50 },
      { type: "failed", key: "c", error: new Error() },
    );
    expect(progressOf(some)).toEqual({ files: 3, kept: 1, failed: 1, pending: 1, share: 0.75 });
    expect(progressOf([]).share).toBe(1);
  });
});
