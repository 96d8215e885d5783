/**
 * The life of the files given with a question, from this device to the server's reading, in one pure function.
 *
 *     queued ──▶ sending ──all parts there──▶ reading ──▶ read
 *                   │  ▲                         │
 *                   ▼  │ retried                 ▼
 *                  failed ◀──────────────────────┘
 */
import type { CodedError, Level, SentFile } from "#/api/types";

export type UploadPhase = "queued" | "sending" | "reading" | "read" | "failed";

export interface Upload {
  /** Of this page; the server's comes later. */
  readonly key: string;
  readonly id: string | null;
  readonly name: string;
  readonly size: number;
  readonly phase: UploadPhase;
  /** Bytes that the server has. */
  readonly received: number;
  /** The connection is lost: it goes on by itself. */
  readonly away: boolean;
  /** What the server says of it; null until it knows it. */
  readonly file: SentFile | null;
  readonly error: CodedError | null;
}

export type UploadAction =
  | { readonly type: "added"; readonly uploads: readonly Upload[] }
  | { readonly type: "begun"; readonly key: string }
  | { readonly type: "told"; readonly key: string; readonly file: SentFile }
  /** The server says where the next part begins. */
  | { readonly type: "placed"; readonly key: string; readonly received: number }
  | { readonly type: "lost"; readonly key: string }
  | { readonly type: "failed"; readonly key: string; readonly error: CodedError }
  | { readonly type: "retried"; readonly key: string }
  | { readonly type: "removed"; readonly keys: readonly string[] };

/** How many are sent at once. */
export const AT_ONCE = 3;
/** As many as a question takes. */
export const MOST_FILES = 50;
/** The sending was cut by leaving the page: what is on the device must be given again. */
export const NOT_WHOLE = "file_not_whole";

export function newUpload(key: string, { name, size }: Pick<File, "name" | "size">): Upload {
  return { key, id: null, name, size, phase: "queued", received: 0, away: false, file: null, error: null };
}

/** One found again after a reload, from what the server says of it. */
export function foundUpload(file: SentFile): Upload {
  const blank = { ...newUpload(file.id, file), id: file.id };
  const whole = file.received >= file.size;
  return whole ? told(blank, file) : { ...blank, file, phase: "failed", error: { code: NOT_WHOLE, params: {} } };
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

function reduceOne(one: Upload, action: Exclude<UploadAction, { type: "added" | "removed" }>): Upload {
  switch (action.type) {
    case "begun":
      return { ...one, phase: "sending", away: false, error: null };
    case "told":
      return told(one, action.file);
    case "placed":
      return { ...one, received: action.received, away: false };
    case "lost":
      return one.phase === "sending" ? { ...one, away: true } : one;
    case "failed":
      return { ...one, phase: "failed", away: false, error: action.error };
    case "retried":
      return one.phase === "failed" ? { ...one, phase: isWhole(one) ? "reading" : "queued", error: null } : one;
  }
}

function told(one: Upload, file: SentFile): Upload {
  const known = { ...one, id: file.id, received: file.received, away: false, file };
  if (file.state === "failed") {
    return { ...known, phase: "failed", error: { code: file.error ?? "internal_error", params: {} } };
  }
  if (file.state === "receiving") return { ...known, phase: one.phase === "failed" ? "failed" : "sending" };
  return { ...known, phase: file.state === "read" ? "read" : "reading", error: null };
}

/** The server has all of it. */
export function isWhole({ file, received }: Upload): boolean {
  return file !== null && received >= file.size;
}

/** Those to begin now. */
export function nextToSend(uploads: readonly Upload[]): readonly Upload[] {
  const free = AT_ONCE - uploads.filter(({ phase }) => phase === "sending").length;
  return uploads.filter(({ phase }) => phase === "queued").slice(0, Math.max(0, free));
}

/** A question waits for these: the server does not have them yet. */
export function isLeaving({ phase }: Upload): boolean {
  return phase === "queued" || phase === "sending";
}

/** These go with the question; the server waits for those that are still being read. */
export function isGiven({ phase, id }: Upload): boolean {
  return id !== null && (phase === "reading" || phase === "read");
}

export function givenLevels(uploads: readonly Upload[]): readonly Level[] {
  return uploads.flatMap(({ file, phase }) => (file && phase !== "failed" ? [file.level] : []));
}

/** Percent that the server has. */
export function percentSent({ received, size }: Upload): number {
  return size === 0 ? 100 : Math.floor((100 * received) / size);
}
