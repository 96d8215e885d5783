/** Sending a file: announced, then part by part from where the server has got to; cut off, it goes on from there. */
import { call } from "./call";
import { ApiError, open, UNREACHABLE } from "./http";
import type { Level, SentFile } from "./types";

export const FILE_MISPLACED = "file_part_misplaced";
/** Milliseconds before a part that could not leave is tried again. */
const AGAIN_AFTER = [1_000, 3_000, 10_000, 30_000] as const;

const HELD = -1;

export interface Sending {
  readonly file: File;
  readonly level: Level;
  /** What a camera wrote beside an image (place, date, device) stays. */
  readonly keepMetadata: boolean;
  /** What the server said when the file was announced, for one that goes on. */
  readonly begun: Begun | null;
  readonly onBegun: (begun: Begun) => void;
  readonly onReceived: (received: number) => void;
  readonly signal: AbortSignal;
}

export interface Begun {
  readonly id: string;
  readonly partSize: number;
}

/** Sends what the server does not have yet. Throws `ApiError`, or when aborted. */
export async function sendFile(sending: Sending): Promise<string> {
  const { file, begun, onBegun, onReceived, signal } = sending;
  // Asked of the server rather than remembered: it alone knows what arrived.
  const known = begun ? await receivedOf(begun.id, signal) : null;
  if (known === HELD && begun) return begun.id;
  const { id, partSize } = begun && known !== null ? begun : await begin(sending);
  if (known === null) onBegun({ id, partSize });
  let received = known ?? 0;
  while (received < file.size) {
    onReceived(received);
    received = await insist(() => sendPart(id, file.slice(received, received + partSize), received, signal), signal);
  }
  onReceived(file.size);
  return id;
}

async function begin({ file, level, keepMetadata, signal }: Sending): Promise<Begun> {
  const { id, part_size } = await call("POST", "/api/files", {
    body: { name: file.name, size: file.size, level, keep_metadata: keepMetadata },
    signal,
  });
  return { id, partSize: part_size };
}

/** Null: the server no longer has it. `HELD`: what it was sent for has it already, and only the answer was lost. */
async function receivedOf(id: string, signal: AbortSignal): Promise<number | null> {
  const own = await call("GET", "/api/files", { query: { id: [id] }, signal });
  if (own.items[0]) return own.items[0].received;
  const held = await call("GET", "/api/files/views", { query: { id: [id] }, signal });
  return held.items[0] ? HELD : null;
}

/** Returns where the next part begins, wherever the server says it is. */
async function sendPart(id: string, part: Blob, offset: number, signal: AbortSignal): Promise<number> {
  const path = `/api/files/${encodeURIComponent(id)}/parts/${offset}`;
  try {
    const answer = await open("PUT", path, { body: part, signal });
    const { received }: SentFile = await answer.json();
    return received;
  } catch (error) {
    const where = error instanceof ApiError && error.code === FILE_MISPLACED ? error.params["offset"] : undefined;
    if (typeof where === "number" && where !== offset) return where;
    throw error;
  }
}

/** Tries again while the server is away; anything else that it says is the end. */
async function insist<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const wait of AGAIN_AFTER) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== UNREACHABLE) throw error;
      await pause(wait, signal);
    }
  }
  return attempt();
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
