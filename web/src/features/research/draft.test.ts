import { describe, expect, test } from "vitest";
import type { Research, ResearchOffer } from "#/api/types";
import { allowed, draftOf, isOffered, leaving, newItem, numbersOf, planOf, raised } from "./draft";

const query = { state: null, results: 0, sources: [], missed: {}, silent: {}, reason: null };
const items: Research["items"] = [
  {
    question: "Quel délai ?",
    later: false,
    queries: [
      { ...query, where: "web", words: "délai factures" },
      { ...query, where: "bases", words: "délai" },
    ],
  },
];
const bound = { steps: 80, seconds: 1_200, tokens: 300_000 };
const most = { steps: 100, seconds: 7_200, tokens: 2_000_000 };
const offer: ResearchOffer = {
  engines: [{ name: "searxng", operator: "Institution", country: "FR" }],
  web_highest: "internal",
  scholarly: ["hal"],
  scholarly_highest: "public",
  default_level: "internal",
  proposed: bound,
  most,
};

describe("a plan", () => {
  test("is confirmed as it was proposed when nothing is changed", () => {
    expect(planOf(draftOf({ items }))).toEqual([
      {
        question: "Quel délai ?",
        queries: [
          { where: "web", words: "délai factures" },
          { where: "bases", words: "délai" },
        ],
      },
    ]);
  });

  test("leaves out what is empty", () => {
    const draft = [...draftOf({ items }), newItem("web"), { ...newItem("web"), question: "Et quoi ?" }];
    expect(planOf(draft)).toHaveLength(1);
  });

  test("tells how many searches leave", () => {
    expect(leaving(planOf(draftOf({ items })))).toBe(1);
  });

  test("sends words on one line", () => {
    const [item] = draftOf({ items });
    const [first] = item?.queries ?? [];
    const changed = planOf([
      { key: 1, question: "Quoi ?", queries: [{ key: 2, where: first?.where ?? "web", words: " a \n b " }] },
    ]);
    expect(changed[0]?.queries[0]?.words).toBe("a b");
  });
});

test.each([
  ["web", "internal", true],
  ["web", "restricted", false],
  ["scholarly", "internal", false],
  ["scholarly", "public", true],
  ["bases", "diffusion_restreinte", true],
] as const)("%s at %s: %s", (where, level, expected) => {
  expect(isOffered(offer, where, level)).toBe(expected);
});

test("a closed source is not offered", () => {
  expect(isOffered({ ...offer, web_highest: null }, "web", "public")).toBe(false);
});

test("what may be used", () => {
  expect(allowed(bound)).toEqual({ steps: 80, minutes: 20, tokens: 300_000 });
  expect(raised(bound, most)).toEqual({ steps: 100, minutes: 40, tokens: 600_000 });
});

test("a sentence tells each source once, in order", () => {
  expect(numbersOf([{ source: 3 }, { source: 1 }, { source: 3 }])).toEqual([1, 3]);
});
