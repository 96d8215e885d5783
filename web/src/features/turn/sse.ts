/**
 * Reads a text/event-stream as a pure machine: feed it decoded text cut anywhere, it returns the events completed so far.
 *
 *     bytes → TextDecoder → feed(machine, text) → [machine, events]
 *
 * Format: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */

export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
  /** The last `id:` seen on this connection, also when it came with an earlier event. */
  readonly id: string | null;
}

export interface SseMachine {
  /** The line still open, without its end. */
  readonly rest: string;
  /** A CR ended the last line: a LF that follows belongs to it. */
  readonly afterCarriageReturn: boolean;
  readonly started: boolean;
  readonly event: string;
  readonly data: readonly string[];
  readonly id: string | null;
}

export const SSE_START: SseMachine = {
  rest: "",
  afterCarriageReturn: false,
  started: false,
  event: "",
  data: [],
  id: null,
};

const BYTE_ORDER_MARK = "\uFEFF";

/** Adds text; an event not ended by a blank line stays in the machine, and is lost with the connection, as the format asks. */
export function feedSse(machine: SseMachine, text: string): readonly [SseMachine, readonly ServerSentEvent[]] {
  if (text === "") return [machine, []];
  const fresh = clean(machine, text);
  const lines = (machine.rest + fresh).split(/\r\n|\r|\n/);
  const rest = lines.pop() ?? "";
  const events: ServerSentEvent[] = [];
  let state: SseMachine = { ...machine, started: true, afterCarriageReturn: text.endsWith("\r"), rest };
  for (const line of lines) {
    if (line !== "") {
      state = readLine(state, line);
      continue;
    }
    if (state.data.length > 0) {
      events.push({ event: state.event === "" ? "message" : state.event, data: state.data.join("\n"), id: state.id });
    }
    state = { ...state, event: "", data: [] };
  }
  return [state, events];
}

function clean(machine: SseMachine, text: string): string {
  if (machine.afterCarriageReturn && text.startsWith("\n")) return text.slice(1);
  return !machine.started && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

function readLine(state: SseMachine, line: string): SseMachine {
  const colon = line.indexOf(":");
  if (colon === 0) return state;
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
  switch (field) {
    case "event":
      return { ...state, event: value };
    case "data":
      return { ...state, data: [...state.data, value] };
    case "id":
      return value.includes("\0") ? state : { ...state, id: value };
    default:
      return state;
  }
}
