/** What the server says while a turn runs: the union of the API, read from one server-sent event. */
import type { TurnEvent } from "#/api/types";
import type { ServerSentEvent } from "./sse";

export type { TurnEvent } from "#/api/types";

/** An event and the position (code points of answer text sent so far) that the server gave it. */
export interface PlacedEvent {
  readonly event: TurnEvent;
  readonly position: number | null;
}

const TYPES: ReadonlySet<string> = new Set<TurnEvent["type"]>([
  "opened",
  "status",
  "notice",
  "citations",
  "delta",
  "closed",
]);

/** Null for what this page does not know (a newer server) or cannot read: a stream never dies of one odd event. */
export function readEvent(sent: ServerSentEvent): PlacedEvent | null {
  const event = parse(sent.data);
  if (event === null) return null;
  const position = sent.id === null || !/^\d{1,15}$/.test(sent.id) ? null : Number(sent.id);
  return { event, position };
}

function parse(data: string): TurnEvent | null {
  try {
    const value: unknown = JSON.parse(data);
    const known = typeof value === "object" && value !== null && "type" in value && TYPES.has(String(value.type));
    return known ? (value as TurnEvent) : null;
  } catch {
    return null;
  }
}
