/** One turn, from sending to closed: nothing repeated, nothing lost, wherever the connection breaks. */
import { describe, expect, it } from "vitest";
import type { TurnEvent } from "#/api/types";
import { countCodePoints, dropCodePoints } from "./codePoints";
import type { PlacedEvent } from "./events";
import { attachingTurn, reduceTurn, sendingTurn, type TurnView } from "./reducer";

const ZONE = { name: "Demonstration", country: "FR", operator: "Institution", legal_reach: "EU" };
const MODEL = { id: "petit", display_name: "Petit", zone: ZONE };
const OPENED: Extract<TurnEvent, { type: "opened" }> = {
  type: "opened",
  turn_id: "t1",
  conversation_id: "c1",
  question_id: "q1",
  answer_id: "a1",
  parent_turn_id: null,
  model: MODEL,
  level: "internal",
  categories: [],
  created_at: "2026-11-22T10:00:00Z",
};
const WRITING: TurnEvent = { type: "status", step: "writing", position_in_queue: null, page: null, pages: null };
const NOTICE: TurnEvent = { type: "notice", code: "history_shortened", params: { messages: 4 } };
const USAGE = {
  prompt_tokens: 12,
  completion_tokens: 8,
  energy_wh: 0.2,
  cost_euros: null,
  first_token_ms: 90,
  duration_ms: 400,
};
const CLOSED: TurnEvent = { type: "closed", state: "answered", error: null, usage: USAGE, title: "Été" };

const TEXT = "L’été 𝔸 coûte 5 € — voilà 👩‍🚀.";
const PIECES = ["L’é", "té 𝔸 co", "", "ûte 5 € — ", "voilà 👩", "\u200D🚀."];

/** What the server says on one connection opened after `from` code points. */
function connection(from: number): readonly PlacedEvent[] {
  const head = [OPENED, WRITING, NOTICE].map((event) => ({ event, position: from }));
  let position = from;
  const deltas = from === 0 ? PIECES : [dropCodePoints(TEXT, from)];
  const placed = deltas.map((text) => {
    position += countCodePoints(text);
    return { event: { type: "delta", text } as const, position };
  });
  return [...head, ...placed, { event: CLOSED, position }];
}

function hear(turn: TurnView, events: readonly PlacedEvent[]): TurnView {
  return events.reduce((state, placed) => reduceTurn(state, { type: "event", ...placed }), turn);
}

const START = sendingTurn({ question: "Combien ?", retryOf: null });
const WHOLE = hear(START, connection(0));

describe("a turn heard on one connection", () => {
  it("ends with the whole text and what the server said of it", () => {
    expect(WHOLE).toMatchObject({
      turnId: "t1",
      questionId: "q1",
      answerId: "a1",
      phase: "closed",
      state: "answered",
      text: TEXT,
      position: countCodePoints(TEXT),
      notices: [{ code: "history_shortened", params: { messages: 4 } }],
      usage: USAGE,
      title: "Été",
      status: null,
      model: MODEL,
    });
  });

  it("hears nothing more once closed", () => {
    expect(hear(WHOLE, connection(0))).toBe(WHOLE);
    expect(reduceTurn(WHOLE, { type: "connection_lost" })).toBe(WHOLE);
    expect(reduceTurn(WHOLE, { type: "stop_requested" })).toBe(WHOLE);
  });
});

describe("what is checked of the answer", () => {
  const one = { start: 0, end: 5, verified: true, number: 1, message_id: null, source_start: 0, source_end: 5 };
  const told = (...items: readonly (typeof one)[]) => [
    { event: { type: "citations", items } as TurnEvent, position: 5 },
  ];

  it("is the whole list so far, and is never shortened by a list told again", () => {
    const both = hear(START, [...connection(0).slice(0, 5), ...told(one), ...told(one, { ...one, start: 6 })]);
    expect(both.citations).toHaveLength(2);
    expect(hear(both, told(one)).citations).toHaveLength(2);
  });
});

describe("a broken connection", () => {
  it("loses and repeats nothing, broken after any event and resumed from where it was", () => {
    const first = connection(0);
    for (let heard = 1; heard < first.length; heard += 1) {
      const broken = reduceTurn(hear(START, first.slice(0, heard)), { type: "connection_lost" });
      expect(broken.phase).toBe("reconnecting");
      expect(hear(broken, connection(broken.position)), `broken after event ${heard}`).toEqual(WHOLE);
    }
  });

  it("adds only what is new when the server goes back further than asked", () => {
    for (let from = 0; from <= countCodePoints(TEXT); from += 1) {
      const broken = reduceTurn(hear(START, connection(0).slice(0, 7)), { type: "connection_lost" });
      if (from > broken.position) continue;
      expect(hear(broken, connection(from)).text, `resumed from ${from}`).toBe(TEXT);
    }
  });

  it("says that text is missing rather than joining what does not follow", () => {
    const opened = hear(START, connection(0).slice(0, 4));
    const missing = reduceTurn(opened, { type: "event", event: { type: "delta", text: "plus loin" }, position: 30 });
    expect(missing).toMatchObject({ gap: true, text: "L’é" });
    expect(reduceTurn(missing, { type: "event", event: CLOSED, position: 30 }).phase).toBe("running");
    const lost = reduceTurn(missing, { type: "connection_lost" });
    expect(hear(lost, connection(lost.position)).text).toBe(TEXT);
  });

  it("before the server answered, leaves the turn being sent", () => {
    expect(reduceTurn(START, { type: "connection_lost" })).toBe(START);
  });
});

describe("repeated events", () => {
  it.each([OPENED, WRITING, NOTICE])("change nothing: $type", (event) => {
    const once = hear(START, connection(0).slice(0, 3));
    expect(reduceTurn(once, { type: "event", event, position: 0 })).toBe(once);
  });

  it("of another turn are not taken for this one", () => {
    const once = hear(START, connection(0).slice(0, 3));
    const other: TurnEvent = { ...OPENED, turn_id: "t2", question_id: "q2" };
    expect(reduceTurn(once, { type: "event", event: other, position: 0 })).toBe(once);
  });
});

describe("a turn found running", () => {
  it("goes on from the text already known, cut at every code point", () => {
    for (let position = 0; position <= countCodePoints(TEXT); position += 1) {
      const known = TEXT.slice(0, TEXT.length - dropCodePoints(TEXT, position).length);
      const turn = hear(attachingTurn("t1", position, known), connection(position));
      expect(turn.text, `attached at ${position}`).toBe(TEXT);
    }
  });

  it("asks everything again when text and position do not agree", () => {
    expect(attachingTurn("t1", 7, "")).toMatchObject({ position: 0, text: "", phase: "reconnecting" });
  });
});

describe("what a person does", () => {
  it("asks to stop once, and the turn is open until the server says stopped", () => {
    const running = hear(START, connection(0).slice(0, 5));
    const stopping = reduceTurn(running, { type: "stop_requested" });
    expect(stopping).toMatchObject({ stopping: true, phase: "running" });
    expect(reduceTurn(stopping, { type: "stop_requested" })).toBe(stopping);
    const stopped = hear(stopping, [{ event: { ...CLOSED, state: "stopped" }, position: null }]);
    expect(stopped).toMatchObject({ phase: "closed", state: "stopped", text: "L’été 𝔸 co" });
  });
});

describe("a server that cannot be reached", () => {
  const error = { code: "server_unreachable", params: {} };

  it("fails a question that never left, keeping its words", () => {
    const failed = reduceTurn(START, { type: "given_up", error });
    expect(failed).toMatchObject({ phase: "closed", state: "failed", turnId: null, question: "Combien ?", error });
  });

  it("interrupts a turn that had begun, keeping its text", () => {
    const begun = hear(START, connection(0).slice(0, 5));
    expect(reduceTurn(begun, { type: "given_up", error })).toMatchObject({ state: "interrupted", text: "L’été 𝔸 co" });
  });
});
