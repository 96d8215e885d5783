import { describe, expect, test } from "vitest";
import type { Doc, ReadingReport, SentFile } from "#/api/types";
import { cleanFolder, foldersUnder, isFollowed, readTags, trail } from "./folders";
import { readSearch, wantedDocuments } from "./search";
import { isDue, stateOf } from "./state";

describe("folders", () => {
  const all = ["Notes/2026", "Notes", "Notes/2025/été", "Notes de service", "A10", "A9"];

  test("directly under one, each once, figures as figures", () => {
    expect(foldersUnder(all, "", "fr")).toEqual(["A9", "A10", "Notes", "Notes de service"]);
    expect(foldersUnder(all, "Notes", "fr")).toEqual(["2025", "2026"]);
    expect(foldersUnder(all, "Notes/2025", "fr")).toEqual(["été"]);
  });

  test("the way to one", () => {
    expect(trail("Notes/2025")).toEqual([
      { name: "Notes", folder: "Notes" },
      { name: "2025", folder: "Notes/2025" },
    ]);
    expect(trail("")).toEqual([]);
  });

  test("kept by a source, itself or above", () => {
    const followed = ["Suivi/Notes"];
    expect(["Suivi/Notes", "Suivi/Notes/2026"].every((one) => isFollowed(one, followed))).toBe(true);
    expect(["", "Suivi", "Suivi/Notes bis"].some((one) => isFollowed(one, followed))).toBe(false);
  });

  test("as typed, as the server takes it", () => {
    expect(cleanFolder(" / Notes // 2026 / ")).toBe("Notes/2026");
    expect(readTags(" paie, congés ,, paie")).toEqual(["paie", "congés"]);
  });
});

describe("the address", () => {
  test("keeps only what is known", () => {
    expect(readSearch({ folder: "Notes", q: 2026, state: "due", sort: "updated", other: 1 })).toEqual({
      folder: "Notes",
      q: "2026",
      state: "due",
      sort: "updated",
    });
    expect(readSearch({ folder: ["x"], q: "", state: "all", sort: "name" })).toEqual({});
  });

  test("one looks in a folder, or searches the whole base", () => {
    expect(wantedDocuments({ folder: "Notes" })).toMatchObject({ folder: "Notes", state: "all", sort: "name" });
    expect(wantedDocuments({ folder: "Notes", q: "paie" }).folder).toBeNull();
    expect(wantedDocuments({ state: "due" }).folder).toBeNull();
  });
});

describe("how far a document is", () => {
  const report: ReadingReport = {
    status: "read",
    pages: 2,
    pages_read: 2,
    pages_recognised: 0,
    confidence: null,
    engine: null,
    findings: [],
  };
  const of = (file: Partial<SentFile>, version: Doc["version"]["state"] = "waiting", error: string | null = null) =>
    stateOf({
      file: { state: "read", step: null, step_page: null, pages: 2, error: null, report, ...file } as SentFile,
      version: { state: version, error } as Doc["version"],
    });

  test.each([
    ["queued", of({ state: "received" })],
    ["checking", of({ state: "reading", step: "checking" })],
    ["recognising", of({ state: "reading", step: "recognising", step_page: 2 })],
    ["indexing", of({})],
    ["ready", of({}, "indexed")],
    ["partial", of({ report: { ...report, status: "partial" } }, "indexed")],
    ["doubtful", of({ report: { ...report, confidence: 0.6 } }, "indexed")],
    ["failed", of({ state: "failed", error: "file_damaged" })],
    ["unindexed", of({}, "failed", "index_unavailable")],
  ])("%s", (name, state) => expect(state.name).toBe(name));

  test("a failure says why, a page says where", () => {
    expect(of({ state: "failed", error: "file_damaged" }).error).toBe("file_damaged");
    expect(of({ state: "reading", step: "reading", step_page: 2 })).toMatchObject({ page: 2, pages: 2 });
  });

  test("a review date is due on its day", () => {
    expect([null, "2026-11-21", "2026-11-22", "2026-11-23"].map((day) => isDue(day, "2026-11-22"))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
