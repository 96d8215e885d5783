/**
 * The turns this page is following, by conversation. They live outside React, so that leaving a conversation, or the
 * screen, never cuts an answer: coming back finds it where it is.
 */
import { SIGNED_OUT } from "#/api/http";
import { attachingTurn, reduceTurn, sendingTurn, type TurnAction, type TurnView } from "./reducer";
import { askToStop, followTurn, type TurnInput } from "./stream";

interface Followed {
  view: TurnView;
  /** What subscribers see; while text arrives, it changes at an even pace. */
  shown: TurnView;
  readonly connection: AbortController;
  /** Present while the server has not yet heard that it should stop. */
  stop: AbortController | null;
}

/** Milliseconds between two changes of the text shown, on a page that is seen and on one that is not. */
const TEXT_PAUSE = 32;
const HIDDEN_PAUSE = 250;

const followed = new Map<string, Followed>();
const listeners = new Map<string, Set<() => void>>();
const late = new Set<string>();

export function readTurn(conversationId: string): TurnView | null {
  return followed.get(conversationId)?.shown ?? null;
}

export function subscribeToTurn(conversationId: string, listener: () => void): () => void {
  const all = listeners.get(conversationId) ?? new Set();
  listeners.set(conversationId, all.add(listener));
  return () => {
    all.delete(listener);
    if (all.size === 0) listeners.delete(conversationId);
  };
}

export function sendTurn(conversationId: string, input: TurnInput): void {
  const {
    parentTurnId,
    retryOf = null,
    text = null,
    attachments = [],
    collections = [],
    web = null,
    publications = null,
  } = input;
  const given = { attachments, collections, web, publications };
  const view = sendingTurn({ question: text, retryOf, ...given, ...(parentTurnId !== undefined && { parentTurnId }) });
  follow(conversationId, view, input);
}

/**
 * Listens to a turn found running; nothing to do when this page follows it already, or is just sending one. One that was
 * let go because the session had ended is taken up again: the person is back.
 */
export function attachTurn(conversationId: string, turnId: string, position: number, text: string): void {
  const known = followed.get(conversationId)?.view;
  if (known?.phase === "sending" || (known?.turnId === turnId && !isLeftByEndOfSession(known))) return;
  follow(conversationId, attachingTurn(turnId, position, text));
}

export function stopTurn(conversationId: string): void {
  const turn = followed.get(conversationId);
  if (!turn || turn.view.phase === "closed") return;
  dispatch(conversationId, turn, { type: "stop_requested" });
  void stop(conversationId, turn);
}

function isLeftByEndOfSession({ phase, error }: TurnView): boolean {
  return phase === "closed" && error?.code === SIGNED_OUT;
}

async function stop(conversationId: string, turn: Followed): Promise<void> {
  if (turn.view.turnId === null) return;
  turn.stop?.abort();
  const asking = new AbortController();
  turn.stop = asking;
  await askToStop(conversationId, turn.view.turnId, asking.signal);
  if (turn.stop === asking) turn.stop = null;
}

function letGo(turn: Followed | undefined): void {
  turn?.connection.abort();
  turn?.stop?.abort();
}

/** Stops listening (the turn goes on) and drops what was read: a deleted conversation, a closed session. */
export function forgetTurn(conversationId: string): void {
  letGo(followed.get(conversationId));
  followed.delete(conversationId);
  tell(conversationId);
}

export function forgetAllTurns(): void {
  for (const conversationId of [...followed.keys()]) forgetTurn(conversationId);
}

function follow(conversationId: string, view: TurnView, input?: TurnInput): void {
  letGo(followed.get(conversationId));
  const turn: Followed = { view, shown: view, connection: new AbortController(), stop: null };
  followed.set(conversationId, turn);
  tell(conversationId);
  void followTurn({
    conversationId,
    ...(input && { input }),
    signal: turn.connection.signal,
    read: () => turn.view,
    dispatch: (action) => dispatch(conversationId, turn, action),
  });
}

function dispatch(conversationId: string, turn: Followed, action: TurnAction): void {
  const before = turn.view;
  turn.view = reduceTurn(before, action);
  if (turn.view === before || turn.connection.signal.aborted) return;
  const reopened = action.type === "event" && action.event.type === "opened";
  if (reopened && turn.view.stopping) void stop(conversationId, turn);
  if (turn.view.phase === "closed") turn.stop?.abort();
  if (action.type === "event" && action.event.type === "delta") tellSoon(conversationId);
  else tell(conversationId);
}

function tell(conversationId: string): void {
  late.delete(conversationId);
  const turn = followed.get(conversationId);
  if (turn) turn.shown = turn.view;
  for (const listener of listeners.get(conversationId) ?? []) listener();
}

/** Text is told some thirty times a second, between frames: drawing the screen again and setting the text are two tasks. */
function tellSoon(conversationId: string): void {
  if (late.has(conversationId)) return;
  late.add(conversationId);
  const now = () => {
    if (late.has(conversationId)) tell(conversationId);
  };
  setTimeout(now, document.visibilityState === "visible" ? TEXT_PAUSE : HIDDEN_PAUSE);
}
