import { describe, expect, test } from "vitest";
import type { Citation, Notice } from "#/api/types";
import { searchedWorks, workSources } from "./workSources";

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

describe("workSources", () => {
  test("tells each publication once, the retracted ones, and the sources that kept silent or were not asked", () => {
    const notices = [
      notice("works_searched", { sources: 1, works: 5, given: 2, unabstracted: 3 }),
      notice("work_read", { snapshot: "a" }),
      notice("work_read", { snapshot: "b", retracted: 1 }),
      notice("works_source_down", { source: "arxiv", reason: "late" }),
      notice("works_source_down", { source: "hal", reason: "refused" }),
    ];
    const found = workSources(notices, [cited("b", 2), cited("a", 1), cited("a", 1)]);
    expect(found.works).toEqual([
      { pageId: "a", numbers: [1], retracted: false, first: 1 },
      { pageId: "b", numbers: [2], retracted: true, first: 0 },
    ]);
    expect([found.found, found.unabstracted, found.silent, found.kept]).toEqual([5, 3, ["arxiv"], ["hal"]]);
    expect([searchedWorks(notices), searchedWorks([])]).toEqual([true, false]);
  });

  test("a search that was not made says why", () => {
    const found = workSources([notice("works_not_searched", { reason: "works_not_cleared" })], []);
    expect([found.works, found.found, found.notSearched]).toEqual([[], null, "works_not_cleared"]);
  });
});
