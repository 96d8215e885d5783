/**
 * Follows one turn on the server until it is closed, whatever happens to the network. No React, no state kept outside.
 *
 *     POST …/turns ──opened──▶ events … closed
 *          │ lost before `opened`: the same POST again (client_key makes it safe)
 *          │ refused for want of room: the same POST again, at its place in the line, for minutes
 *          └ lost after: GET …/events with Last-Event-ID, from the last code point received, as long as it takes
 */
import { ApiError, open, SERVER_BUSY, UNREACHABLE } from "#/api/http";
import type { AskedCollection, AskedWeb, AskedWorks, Attachment } from "#/api/types";
import { isAsked } from "#/features/pseudonyms/asked";
import { readEvent } from "./events";
import { pause, pauseAfter } from "./pause";
import type { TurnAction, TurnView } from "./reducer";
import { feedSse, SSE_START } from "./sse";

export interface TurnInput {
  readonly text?: string;
  readonly model?: string;
  readonly parentTurnId?: string | null;
  readonly retryOf?: string;
  /** Given with the question. */
  readonly attachments?: readonly Attachment[];
  readonly collections?: readonly AskedCollection[];
  /** A search of the web to make with it: exactly these words. */
  readonly web?: AskedWeb;
  /** A search of publications to make with it: exactly these words. */
  readonly publications?: AskedWorks;
}

export interface FollowOptions {
  readonly conversationId: string;
  /** What to send; absent to listen to a turn that exists. */
  readonly input?: TurnInput;
  readonly signal: AbortSignal;
  readonly read: () => TurnView;
  readonly dispatch: (action: TurnAction) => void;
  readonly pauses?: readonly number[];
  /** Silence after which the connection is taken for dead, in milliseconds; the server speaks every 15 s. */
  readonly silence?: number;
}

const OPENING_ATTEMPTS = 4;
/** How long a question waits for a server that is full, in milliseconds. */
const LONGEST_LINE = 10 * 60_000;
/** How soon it is seen that a person no longer waits, in milliseconds. */
const LOOK = 250;
const SILENCE = 40_000;
const FAREWELL = 2_000;

export async function followTurn(options: FollowOptions): Promise<void> {
  const { signal, read, dispatch } = options;
  const clientKey = crypto.randomUUID();
  let failures = 0;
  const givenUpAt = Date.now() + LONGEST_LINE;
  while (!signal.aborted && read().phase !== "closed") {
    const before = read();
    const error = await listen(options, before.turnId === null ? post(options, clientKey) : reattach(options, before));
    if (signal.aborted || read().phase === "closed") return;
    if (Date.now() < givenUpAt && (await isKeptWaiting(error, options))) {
      failures = 0;
      continue;
    }
    failures = read().position > before.position ? 1 : failures + 1;
    if (isFinal(error, read(), failures)) {
      dispatch({ type: "given_up", error: { code: error.code, params: error.params } });
      return;
    }
    dispatch({ type: "connection_lost" });
    await pause(retryDelay(error, failures, options.pauses), signal);
  }
}

/** The turn goes on by itself on the server; this asks it to end, again for as long as the server does not hear it. */
export async function askToStop(conversationId: string, turnId: string, signal: AbortSignal): Promise<void> {
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      await open("POST", `${turnsPath(conversationId)}/${encodeURIComponent(turnId)}/stop`);
      return;
    } catch (error) {
      // Refused: it is closed, as the stream tells.
      if (!(error instanceof ApiError) || (!isPassing(error) && error.status !== 429)) return;
      await pause(retryDelay(error, failures), signal);
    }
  }
}

type Opening = (signal: AbortSignal) => Promise<Response>;

const STREAM = { Accept: "text/event-stream" };

function turnsPath(conversationId: string): string {
  return `/api/conversations/${encodeURIComponent(conversationId)}/turns`;
}

function post({ conversationId, input = {} }: FollowOptions, clientKey: string): Opening {
  const body = {
    ...(input.text !== undefined && { text: input.text }),
    ...(input.model !== undefined && { model: input.model }),
    ...(input.parentTurnId !== undefined && { parent_turn_id: input.parentTurnId }),
    ...(input.retryOf !== undefined && { retry_of: input.retryOf }),
    ...(input.attachments?.length && { attachments: input.attachments.map(({ file_id }) => file_id) }),
    ...(input.collections?.length && { collections: input.collections.map(({ collection_id }) => collection_id) }),
    ...(input.web && { web: input.web }),
    ...(input.publications && { publications: { query: input.publications.query } }),
    ...(isAsked(conversationId) && { pseudonymise: true }),
    client_key: clientKey,
  };
  return (signal) => open("POST", turnsPath(conversationId), { body, headers: STREAM, signal });
}

function reattach({ conversationId }: FollowOptions, turn: TurnView): Opening {
  const path = `${turnsPath(conversationId)}/${encodeURIComponent(turn.turnId ?? "")}/events`;
  return (signal) => open("GET", path, { headers: { ...STREAM, "Last-Event-ID": String(turn.position) }, signal });
}

/** One connection, read to its end; what it returns tells why it is over when the turn is not closed. */
async function listen(options: FollowOptions, opening: Opening): Promise<ApiError> {
  const connection = new AbortController();
  const leave = () => connection.abort();
  options.signal.addEventListener("abort", leave);
  if (options.signal.aborted) leave();
  try {
    const response = await opening(connection.signal);
    await consume(response, options, connection);
  } catch (error) {
    if (error instanceof ApiError) return error;
  } finally {
    options.signal.removeEventListener("abort", leave);
    connection.abort();
  }
  return new ApiError(UNREACHABLE, 0);
}

async function consume(response: Response, options: FollowOptions, connection: AbortController): Promise<void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  let machine = SSE_START;
  while (!options.read().gap) {
    // Once closed the server ends the stream: read to that end, the connection serves again.
    const patience = options.read().phase === "closed" ? FAREWELL : (options.silence ?? SILENCE);
    const { done, value } = await heard(reader, connection, patience);
    if (done) return;
    const [next, events] = feedSse(machine, decoder.decode(value, { stream: true }));
    machine = next;
    for (const sent of events) {
      const placed = readEvent(sent);
      if (placed) options.dispatch({ type: "event", ...placed });
    }
  }
}

/** The next bytes; a connection that has been silent too long is closed, which makes the read fail. */
async function heard(reader: ReadableStreamDefaultReader<Uint8Array>, connection: AbortController, silence: number) {
  const timer = setTimeout(() => connection.abort(), silence);
  try {
    return await reader.read();
  } finally {
    clearTimeout(timer);
  }
}

function isPassing(error: ApiError): boolean {
  return error.code === UNREACHABLE || error.status >= 500;
}

/**
 * Whether a question that was not opened, for want of room, is still wanted once the time told has passed; meanwhile its
 * place is shown. Whoever stops waiting is heard at once.
 */
async function isKeptWaiting(error: ApiError, { signal, read, dispatch, pauses }: FollowOptions): Promise<boolean> {
  if (read().turnId !== null || read().stopping || error.code !== SERVER_BUSY) return false;
  dispatch({ type: "kept_waiting", place: Number(error.params["place"] ?? 1) });
  const end = Date.now() + retryDelay(error, 1, pauses);
  while (!signal.aborted && !read().stopping && Date.now() < end) await pause(Math.min(LOOK, end - Date.now()), signal);
  return !read().stopping;
}

function isFinal(error: ApiError, turn: TurnView, failures: number): boolean {
  const passing = isPassing(error);
  if (turn.turnId === null) return !passing || failures >= OPENING_ATTEMPTS;
  return !passing && error.status !== 429;
}

function retryDelay(error: ApiError, failures: number, pauses?: readonly number[]): number {
  const { retry_after: seconds = 0 } = error.params;
  const asked = Number(seconds) * 1_000;
  return Math.max(pauseAfter(failures, pauses), Number.isFinite(asked) ? asked : 0);
}
