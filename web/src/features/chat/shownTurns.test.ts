import { describe, expect, test } from "vitest";
import type { TurnView } from "#/features/turn";
import { conversation, turn } from "#/testing/samples";
import { keepSame, livePlace, liveTurn, storedTurns } from "./shownTurns";

const first = turn;
const second = { ...turn, id: "t2", parent_id: "t1", question_id: "q2", answer_id: "a2" };
const running = { ...second, state: "running" as const, closed_at: null };
const stored = conversation([first, second], "t2");

const live: TurnView = {
  turnId: null,
  questionId: null,
  answerId: null,
  retryOf: null,
  question: "Et ensuite ?",
  attachments: [],
  collections: [],
  web: null,
  publications: null,
  citations: [],
  phase: "sending",
  stopping: false,
  status: null,
  notices: [],
  text: "",
  position: 0,
  gap: false,
  state: "running",
  error: null,
  usage: null,
  model: null,
  title: null,
};

describe("storedTurns", () => {
  test("gives questions and answers along the path", () => {
    expect(storedTurns(stored, "t2").map(({ question, answer }) => [question, answer])).toEqual([
      ["text of q1", "text of a1"],
      ["text of q2", "text of a2"],
    ]);
  });
});

describe("livePlace", () => {
  test("a question follows the head", () => {
    expect(livePlace(stored, live)).toEqual({ parentId: "t2" });
  });

  test("a question asked elsewhere says where", () => {
    expect(livePlace(stored, { ...live, parentTurnId: null })).toEqual({ parentId: null });
  });

  test("a retry stands beside what it retries", () => {
    expect(livePlace(stored, { ...live, retryOf: "t2" })).toEqual({ parentId: "t1" });
  });

  test("a turn found running stands where it is stored", () => {
    const found = conversation([first, running], "t2");
    expect(livePlace(found, { ...live, turnId: "t2", phase: "running" })).toEqual({ parentId: "t1" });
  });

  test("the stored copy of a closed turn replaces the live one", () => {
    expect(livePlace(stored, { ...live, turnId: "t2", phase: "closed", state: "answered" })).toBeNull();
    expect(livePlace(stored, null)).toBeNull();
  });
});

describe("liveTurn", () => {
  test("shows what was typed before the server knows it", () => {
    const shown = liveTurn(stored, live, { parentId: "t2" });
    expect([shown.id, shown.question, shown.state]).toEqual([null, "Et ensuite ?", "running"]);
  });

  test("shows the question that is retried", () => {
    const shown = liveTurn(stored, { ...live, question: null, retryOf: "t2" }, { parentId: "t1" });
    expect(shown.question).toBe("text of q2");
  });

  test("keeps its key when the stored copy comes", () => {
    const opened = liveTurn(stored, { ...live, turnId: "t3" }, { parentId: "t2" });
    expect(opened.key).toBe("t3");
  });
});

describe("keepSame", () => {
  test("what says the same stays the same object", () => {
    const before = storedTurns(stored, "t2");
    const again = storedTurns(structuredClone(stored), "t2");
    expect(keepSame(before, again).every((one, index) => one === before[index])).toBe(true);
  });

  test("what changed is new", () => {
    const before = storedTurns(stored, "t2");
    const after = storedTurns(conversation([first, { ...second, state: "stopped" }], "t2"), "t2");
    const kept = keepSame(before, after);
    expect(kept[0]).toBe(before[0]);
    expect(kept[1]?.state).toBe("stopped");
  });
});
