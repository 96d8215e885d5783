/**
 * The life of one turn as this page sees it, in one pure function: `(state, action) → state`.
 *
 *     sending ──opened──▶ running ──closed──▶ closed
 *        │                 │  ▲                  ▲
 *        │        connection lost │ opened       │
 *        │                 ▼  │                  │
 *        └─open failed──▶ reconnecting ──given up┘
 *
 * Repeated events (each connection starts with `opened`, and a re-attach tells everything again) change nothing, and a
 * delta that overlaps what is already there adds only what is new.
 */
import type {
  AskedCollection,
  AskedWeb,
  AskedWorks,
  Attachment,
  Citation,
  CodedError,
  Notice,
  TurnEvent,
  TurnModel,
  TurnState,
  Usage,
} from "#/api/types";
import { countCodePoints, dropCodePoints } from "./codePoints";
import type { PlacedEvent } from "./events";

export type TurnPhase = "sending" | "running" | "reconnecting" | "closed";

export type TurnStatus = Omit<Extract<TurnEvent, { type: "status" }>, "type">;

/** One turn, for the screen. Until the server has answered, its identifiers are null and the question is known only here. */
export interface TurnView {
  readonly turnId: string | null;
  readonly questionId: string | null;
  readonly answerId: string | null;
  /** Absent for the head of the conversation, null for its very beginning. */
  readonly parentTurnId?: string | null;
  readonly retryOf: string | null;
  /** What was sent from this page; null for a retry or a turn found running. */
  readonly question: string | null;
  /** Given with what was sent from this page. */
  readonly attachments: readonly Attachment[];
  readonly collections: readonly AskedCollection[];
  readonly web: AskedWeb | null;
  readonly publications: AskedWorks | null;
  readonly phase: TurnPhase;
  readonly stopping: boolean;
  readonly status: TurnStatus | null;
  readonly notices: readonly Notice[];
  /** What was checked of the answer so far. */
  readonly citations: readonly Citation[];
  readonly text: string;
  /** Code points of `text`: where a re-attach goes on. */
  readonly position: number;
  /** Text is missing between what is here and what came: the connection must be opened again from `position`. */
  readonly gap: boolean;
  readonly state: TurnState;
  readonly error: CodedError | null;
  readonly usage: Usage | null;
  readonly model: TurnModel | null;
  readonly title: string | null;
}

export type TurnAction =
  | ({ readonly type: "event" } & PlacedEvent)
  | { readonly type: "connection_lost" }
  /** Refused for want of room, before it was opened: it is asked again, and stands at this place meanwhile. */
  | { readonly type: "kept_waiting"; readonly place: number }
  | { readonly type: "stop_requested" }
  | { readonly type: "given_up"; readonly error: CodedError };

const BLANK = {
  turnId: null,
  questionId: null,
  answerId: null,
  retryOf: null,
  question: null,
  attachments: [],
  collections: [],
  web: null,
  publications: null,
  stopping: false,
  status: null,
  notices: [],
  citations: [],
  text: "",
  position: 0,
  gap: false,
  state: "running",
  error: null,
  usage: null,
  model: null,
  title: null,
} as const;

type Sent = Pick<TurnView, "question" | "retryOf" | "parentTurnId"> &
  Partial<Pick<TurnView, "attachments" | "collections" | "web" | "publications">>;

/** A question that leaves this page. */
export function sendingTurn(sent: Sent): TurnView {
  return { ...BLANK, ...sent, phase: "sending" };
}

/** A turn that was found running. A text that does not match the position is not trusted: all is asked again. */
export function attachingTurn(turnId: string, position: number, text: string): TurnView {
  const trusted = countCodePoints(text) === position;
  return {
    ...BLANK,
    turnId,
    phase: "reconnecting",
    text: trusted ? text : "",
    position: trusted ? position : 0,
  };
}

export function reduceTurn(turn: TurnView, action: TurnAction): TurnView {
  if (turn.phase === "closed") return turn;
  switch (action.type) {
    case "event":
      return reduceEvent(turn, action.event, action.position);
    case "connection_lost":
      return turn.turnId === null ? turn : { ...turn, phase: "reconnecting", gap: false };
    case "kept_waiting":
      return { ...turn, status: { step: "waiting", position_in_queue: action.place, page: null, pages: null } };
    case "stop_requested":
      return turn.stopping ? turn : { ...turn, stopping: true };
    case "given_up":
      return {
        ...turn,
        phase: "closed",
        state: turn.turnId === null ? "failed" : "interrupted",
        status: null,
        error: action.error,
      };
  }
}

function reduceEvent(turn: TurnView, event: TurnEvent, position: number | null): TurnView {
  switch (event.type) {
    case "opened":
      return opened(turn, event);
    case "status":
      return sameStatus(turn.status, event) ? turn : { ...turn, status: statusOf(event) };
    case "citations":
      return event.items.length < turn.citations.length ? turn : { ...turn, citations: event.items };
    case "notice":
      return turn.notices.some((known) => sameNotice(known, event))
        ? turn
        : { ...turn, notices: [...turn.notices, { code: event.code, params: event.params }] };
    case "delta":
      return appended(turn, event.text, position);
    case "closed":
      return turn.gap ? turn : closed(turn, event);
  }
}

function opened(turn: TurnView, event: Extract<TurnEvent, { type: "opened" }>): TurnView {
  if (turn.turnId !== null && turn.turnId !== event.turn_id) return turn;
  if (turn.phase === "running" && turn.questionId === event.question_id) return turn;
  return {
    ...turn,
    turnId: event.turn_id,
    questionId: event.question_id,
    answerId: event.answer_id,
    parentTurnId: event.parent_turn_id,
    model: event.model,
    phase: "running",
    // Where it stood before it was opened.
    ...(turn.turnId === null && { status: null }),
  };
}

function appended(turn: TurnView, text: string, end: number | null): TurnView {
  if (turn.gap) return turn;
  const length = countCodePoints(text);
  const start = end === null ? turn.position : end - length;
  if (start > turn.position) return { ...turn, gap: true };
  const fresh = start === turn.position ? text : dropCodePoints(text, turn.position - start);
  if (fresh === "") return turn;
  return { ...turn, text: turn.text + fresh, position: start + length };
}

function closed(turn: TurnView, event: Extract<TurnEvent, { type: "closed" }>): TurnView {
  return {
    ...turn,
    phase: "closed",
    status: null,
    state: event.state,
    error: event.error,
    usage: event.usage,
    title: event.title,
  };
}

function statusOf(event: TurnStatus): TurnStatus {
  return {
    step: event.step,
    position_in_queue: event.position_in_queue,
    page: event.page,
    pages: event.pages,
  };
}

function sameStatus(known: TurnStatus | null, event: TurnStatus): boolean {
  return (
    known !== null &&
    known.step === event.step &&
    known.position_in_queue === event.position_in_queue &&
    known.page === event.page &&
    known.pages === event.pages
  );
}

function sameNotice(known: Notice, event: Notice): boolean {
  return known.code === event.code && JSON.stringify(known.params) === JSON.stringify(event.params);
}
