/**
 * The life of the files that leave this device, whatever they are for, in one pure function. Each is alone: what befalls one
 * stops no other.
 *
 *     queued ──▶ sending ──all there, handed over──▶ arrived ──▶ read
 *                   │  ▲                                │
 *                   ▼  │ retried                        ▼
 *                  failed ◀─────────────────────────────┘
 */
import type { CodedError, Level, SentFile } from "#/api/types";

export type UploadPhase = "queued" | "sending" | "arrived" | "read" | "failed";

export interface Upload {
  /** Of this page; the server's comes later. */
  readonly key: string;
  readonly id: string | null;
  readonly name: string;
  readonly size: number;
  /** Whom it is for (a conversation, a base), and the folder there. */
  readonly place: string;
  readonly folder: string;
  /** Null: the server's own choice. */
  readonly level: Level | null;
  readonly phase: UploadPhase;
  /** Bytes that the server has. */
  readonly received: number;
  /** The connection is lost: it goes on by itself. */
  readonly away: boolean;
  /** What the server says of it; null until it knows it. */
  readonly file: SentFile | null;
  readonly error: CodedError | null;
}

export type NewUpload = Pick<Upload, "key" | "name" | "size"> & Partial<Pick<Upload, "place" | "folder" | "level">>;

interface OfOne {
  readonly key: string;
}

type OneAction = OfOne &
  (
    | { readonly type: "begun" | "lost" | "arrived" | "forgotten" | "retried" }
    | { readonly type: "told"; readonly file: SentFile }
    /** The server says where the next part begins. */
    | { readonly type: "placed"; readonly received: number }
    | { readonly type: "failed"; readonly error: CodedError }
  );

export type UploadAction =
  | OneAction
  | { readonly type: "added"; readonly uploads: readonly Upload[] }
  | { readonly type: "removed"; readonly keys: readonly string[] };

/** How many are sent at once. */
export const AT_ONCE = 3;
/** The sending was cut by leaving the page: what is on the device must be given again. */
export const NOT_WHOLE = "file_not_whole";

export function newUpload({ key, name, size, place = "", folder = "", level = null }: NewUpload): Upload {
  const blank = { id: null, phase: "queued", received: 0, away: false, file: null, error: null } as const;
  return { key, name, size, place, folder, level, ...blank };
}

/** One found again after a reload, from what the server says of it. */
export function foundUpload(file: SentFile): Upload {
  const { id, name, size } = file;
  const known = told(newUpload({ key: id, name, size }), file);
  const error = { code: NOT_WHOLE, params: {} };
  return file.received >= size ? known : { ...known, phase: "failed", error };
}

export function reduceUploads(uploads: readonly Upload[], action: UploadAction): readonly Upload[] {
  switch (action.type) {
    case "added": {
      const known = new Set(uploads.map(({ key }) => key));
      return [...uploads, ...action.uploads.filter(({ key }) => !known.has(key))];
    }
    case "removed":
      return uploads.filter(({ key }) => !action.keys.includes(key));
    default:
      return uploads.map((one) => (one.key === action.key ? reduceOne(one, action) : one));
  }
}

function reduceOne(one: Upload, action: OneAction): Upload {
  switch (action.type) {
    case "begun":
      return one.phase === "queued" ? { ...one, phase: "sending", away: false } : one;
    case "told":
      return told(one, action.file);
    case "placed":
      return { ...one, received: action.received, away: false };
    case "forgotten":
      return { ...one, id: null, file: null, received: 0 };
    case "arrived":
      return { ...one, phase: "arrived", received: one.size, away: false };
    case "lost":
      return one.phase === "sending" ? { ...one, away: true } : one;
    case "failed":
      return { ...one, phase: "failed", away: false, error: action.error };
    case "retried":
      if (one.phase !== "failed") return one;
      return { ...one, phase: isUnread(one) ? "arrived" : "queued", error: null };
  }
}

function told(one: Upload, file: SentFile): Upload {
  const known = { ...one, id: file.id, received: file.received, away: false, file };
  // While it is sent, whoever sends it says when it has arrived.
  if (one.phase === "sending" || file.state === "receiving") return known;
  if (file.state === "failed") {
    return { ...known, phase: "failed", error: { code: file.error ?? "internal_error", params: {} } };
  }
  return { ...known, phase: file.state === "read" ? "read" : "arrived", error: null };
}

/** The server has it, and could not read it: it is read again, not sent again. */
export function isUnread({ file }: Upload): boolean {
  return file?.state === "failed";
}

/** Those to begin now. */
export function nextToSend(uploads: readonly Upload[]): readonly Upload[] {
  const free = AT_ONCE - uploads.filter(({ phase }) => phase === "sending").length;
  return uploads.filter(({ phase }) => phase === "queued").slice(0, Math.max(0, free));
}

/** The server does not have it yet. */
export function isLeaving({ phase }: Upload): boolean {
  return phase === "queued" || phase === "sending";
}

/** The server has it, and whom it is for has it too. */
export function isThere({ phase }: Upload): boolean {
  return phase === "arrived" || phase === "read";
}

/** Percent that the server has. */
export function percentSent({ received, size }: Pick<Upload, "received" | "size">): number {
  return size === 0 ? 100 : Math.floor((100 * received) / size);
}

export interface Progress {
  readonly files: number;
  readonly there: number;
  readonly failed: number;
  readonly leaving: number;
  /** Bytes that arrived, of those to send; from 0 to 1. */
  readonly share: number;
}

export function progressOf(uploads: readonly Upload[]): Progress {
  const count = (wanted: (one: Upload) => boolean) => uploads.filter(wanted).length;
  const alive = uploads.filter(({ phase }) => phase !== "failed");
  const size = alive.reduce((sum, one) => sum + one.size, 0);
  const received = alive.reduce((sum, one) => sum + one.received, 0);
  return {
    files: uploads.length,
    there: count(isThere),
    failed: count(({ phase }) => phase === "failed"),
    leaving: count(isLeaving),
    share: size === 0 ? 1 : received / size,
  };
}
