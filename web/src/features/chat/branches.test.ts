import { describe, expect, test } from "vitest";
import type { Turn } from "#/api/types";
import { turn } from "#/testing/samples";
import { answerVersions, childrenOf, newestEnd, pathTo, questionVersions } from "./branches";

const at = (id: string, parent: string | null, question: string): Turn => ({
  ...turn,
  id,
  parent_id: parent,
  question_id: question,
});

//  1 ─ 2 ─ 5        2 was asked again (3: same question) and edited (4)
//    ├ 3
//    └ 4 ─ 6
const turns = [
  at("1", null, "q1"),
  at("2", "1", "q2"),
  at("3", "1", "q2"),
  at("4", "1", "q4"),
  at("5", "2", "q5"),
  at("6", "4", "q6"),
];
const children = childrenOf(turns);
const one = (id: string) => turns.find((candidate) => candidate.id === id) ?? turn;

describe("a tree of turns", () => {
  test("is read along one path", () => {
    expect(pathTo(turns, "5").map(({ id }) => id)).toEqual(["1", "2", "5"]);
    expect(pathTo(turns, "4").map(({ id }) => id)).toEqual(["1", "4"]);
    expect(pathTo(turns, null)).toEqual([]);
    expect(pathTo(turns, "unknown")).toEqual([]);
  });

  test("does not loop on turns that are their own ancestors", () => {
    expect(pathTo([at("x", "y", "q"), at("y", "x", "q")], "x").length).toBeLessThanOrEqual(3);
  });

  test("a retry is a version of the answer", () => {
    expect(answerVersions(children, one("2"))).toEqual({ ids: ["2", "3"], index: 0 });
    expect(answerVersions(children, one("3"))).toEqual({ ids: ["2", "3"], index: 1 });
    expect(answerVersions(children, one("4"))).toEqual({ ids: ["4"], index: 0 });
  });

  test("an edit is a version of the question, represented by its last answer", () => {
    expect(questionVersions(children, one("2"))).toEqual({ ids: ["3", "4"], index: 0 });
    expect(questionVersions(children, one("4"))).toEqual({ ids: ["3", "4"], index: 1 });
    expect(questionVersions(children, one("1"))).toEqual({ ids: ["1"], index: 0 });
  });

  test("choosing a version goes to its newest end", () => {
    expect(newestEnd(turns, "2")).toBe("5");
    expect(newestEnd(turns, "4")).toBe("6");
    expect(newestEnd(turns, "1")).toBe("6");
  });
});
