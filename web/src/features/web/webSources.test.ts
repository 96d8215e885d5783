import { describe, expect, test } from "vitest";
import type { Citation, Notice } from "#/api/types";
import { searchedWeb, webSources } from "./webSources";

const notice = (code: Notice["code"], params: Notice["params"]): Notice => ({ code, params });
const cited = (snapshot: string, number: number): Citation => ({
  start: 0,
  end: 5,
  verified: true,
  reason: null,
  number,
  marker_start: null,
  marker_end: null,
  message_id: null,
  file_id: null,
  snapshot_id: snapshot,
  page: null,
  source_start: 0,
  source_end: 5,
});

describe("webSources", () => {
  test("tells each page once, with the numbers that cite it and what became of the search", () => {
    const notices = [
      notice("web_searched", { engines: 1, results: 4, pages: 2, unread: 2 }),
      notice("web_read", { snapshot: "a", shown: 2, total: 9 }),
      notice("web_read", { snapshot: "b", shown: 1, total: 1, wall: "paywall" }),
      notice("web_engine_down", { engine: "mojeek", reason: "late" }),
    ];
    const found = webSources(notices, [cited("b", 3), cited("a", 1), cited("a", 1)]);
    expect(found.pages).toEqual([
      { pageId: "a", numbers: [1], shown: 2, total: 9, wall: false, first: 1 },
      { pageId: "b", numbers: [3], shown: 1, total: 1, wall: true, first: 0 },
    ]);
    expect([found.results, found.unread, found.silent, found.notSearched]).toEqual([4, 2, ["mojeek"], null]);
    expect(searchedWeb(notices)).toBe(true);
    expect(searchedWeb([])).toBe(false);
  });

  test("a search that was not made says why", () => {
    const found = webSources([notice("web_not_searched", { reason: "web_not_cleared" })], []);
    expect([found.pages, found.results, found.notSearched]).toEqual([[], null, "web_not_cleared"]);
  });
});
