/** The sources of an answer, each file once; and what a page quotes, cut where the server says. */
import { describe, expect, it } from "vitest";
import type { Citation, Notice } from "#/api/types";
import { groupSources } from "./grouped";
import { quotedIn } from "./quoted";

const blank: Citation = {
  start: 0,
  end: 10,
  verified: true,
  reason: null,
  number: 1,
  marker_start: null,
  marker_end: null,
  message_id: null,
  file_id: "a",
  page: 3,
  source_start: 0,
  source_end: 5,
};

describe("the sources of an answer", () => {
  it("are told once each, those cited first, with their numbers and pages in order", () => {
    const notices: readonly Notice[] = [
      { code: "source_read", params: { file: "b", shown: 2, total: 2, pages: 1 } },
      { code: "source_read", params: { file: "a", shown: 40, total: 40, manner: "spread", percent: 31, pages: 12 } },
      { code: "source_unread", params: { file: "c", reason: "file_damaged" } },
    ];
    const checks = [{ ...blank, number: 9, page: 12 }, blank, { ...blank, number: 9, page: 12, start: 20 }];
    expect(groupSources(notices, checks).files).toEqual([
      {
        fileId: "a",
        numbers: [1, 9],
        pages: [3, 12],
        read: { shown: 40, total: 40, manner: "spread", percent: 31 },
        seen: 0,
        recognised: null,
        unread: null,
        first: 0,
      },
      {
        fileId: "b",
        numbers: [],
        pages: [],
        read: { shown: 2, total: 2, manner: "whole", percent: 0 },
        seen: 0,
        recognised: null,
        unread: null,
        first: null,
      },
      {
        fileId: "c",
        numbers: [],
        pages: [],
        read: null,
        seen: 0,
        recognised: null,
        unread: "file_damaged",
        first: null,
      },
    ]);
  });

  it("count sentences, which hold when one of their passages says them", () => {
    const unsaid = { ...blank, verified: false, reason: "figures_absent" as const };
    const { verified, unsupported } = groupSources([], [blank, unsaid, { ...unsaid, start: 20 }]);
    expect([verified, unsupported]).toEqual([1, 1]);
  });

  it("tell that bases could not be searched, or had nothing", () => {
    const failed: Notice = { code: "source_unread", params: { file: "", reason: "internal_error" } };
    const nothing: Notice = { code: "nothing_found", params: {} };
    expect(groupSources([failed, nothing], [])).toMatchObject({
      files: [],
      searchFailed: "internal_error",
      nothingFound: true,
    });
  });
});

describe("what a page quotes", () => {
  const text = "👩‍⚕️ Vingt ans. 𝔸 Fin.";

  it("is cut by code points of the document, at every place", () => {
    const points = Array.from(text);
    for (let start = 0; start < points.length; start += 1) {
      const { before, match, after } = quotedIn({ text, start: 100 }, { start: 100 + start, end: 100 + start + 1 });
      expect(match).toBe(points[start]);
      expect(before + match + after).toBe(text);
    }
  });

  it("is nothing on a page where it does not stand", () => {
    expect(quotedIn({ text, start: 100 }, { start: 0, end: 50 })).toEqual({ before: text, match: "", after: "" });
  });
});
