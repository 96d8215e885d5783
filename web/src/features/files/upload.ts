/**
 * Files on their way to the server, as a pure machine. Each is alone: what befalls one stops no other.
 *
 *     waiting -> sending -> sent -> kept        (a document or a conversation holds it)
 *                   |         |
 *                   +-> failed <-+ -> waiting   (again: what arrived is not sent twice)
 */
import type { Begun } from "#/api/sending";
import type { Level } from "#/api/types";

export const AT_ONCE = 3;

export type Phase = "waiting" | "sending" | "sent" | "kept" | "failed";

export interface Upload {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** Whom it is for (a collection, a conversation), and the folder there. */
  readonly place: string;
  readonly folder: string;
  readonly level: Level;
  readonly phase: Phase;
  /** Bytes that the server has. */
  readonly received: number;
  readonly begun: Begun | null;
  /** Of a failure: what the server said. */
  readonly error: unknown;
}

export type NewUpload = Pick<Upload, "key" | "name" | "size" | "place" | "folder" | "level">;

export type UploadAction =
  | { readonly type: "chosen"; readonly uploads: readonly NewUpload[] }
  | { readonly type: "started" | "sent" | "kept" | "again"; readonly key: string }
  | { readonly type: "removed"; readonly key: string }
  | { readonly type: "begun"; readonly key: string; readonly begun: Begun }
  | { readonly type: "received"; readonly key: string; readonly received: number }
  | { readonly type: "failed"; readonly key: string; readonly error: unknown }
  | { readonly type: "cleared"; readonly place: string };

export type Uploads = readonly Upload[];

export function reduce(uploads: Uploads, action: UploadAction): Uploads {
  switch (action.type) {
    case "chosen":
      return [...uploads, ...action.uploads.map(fresh)];
    case "removed":
      return uploads.filter(({ key }) => key !== action.key);
    case "cleared":
      return uploads.filter(({ place, phase }) => place !== action.place || phase !== "kept");
    default:
      return uploads.map((one) => (one.key === action.key ? step(one, action) : one));
  }
}

type OfAll = { readonly type: "chosen" } | { readonly type: "removed" } | { readonly type: "cleared" };
type OfOne = Exclude<UploadAction, OfAll>;

function step(one: Upload, action: OfOne): Upload {
  switch (action.type) {
    case "started":
      return one.phase === "waiting" ? { ...one, phase: "sending" } : one;
    case "begun":
      return { ...one, begun: action.begun };
    case "received":
      return { ...one, received: action.received };
    case "sent":
      return { ...one, phase: "sent", received: one.size };
    case "kept":
      return { ...one, phase: "kept" };
    case "failed":
      return { ...one, phase: "failed", error: action.error };
    case "again":
      return one.phase === "failed" ? { ...one, phase: "waiting", error: null } : one;
  }
}

function fresh(one: NewUpload): Upload {
  return { ...one, phase: "waiting", received: 0, begun: null, error: null };
}

/** Those to start now: the first that wait, as long as few are on their way. */
export function startable(uploads: Uploads): Uploads {
  const busy = uploads.filter(isUnderWay).length;
  return uploads.filter(({ phase }) => phase === "waiting").slice(0, Math.max(0, AT_ONCE - busy));
}

export function isUnderWay({ phase }: Upload): boolean {
  return phase === "sending" || phase === "sent";
}

export function isPending(one: Upload): boolean {
  return one.phase === "waiting" || isUnderWay(one);
}

export interface Progress {
  readonly files: number;
  readonly kept: number;
  readonly failed: number;
  readonly pending: number;
  /** Bytes that arrived, of those to send; from 0 to 1. */
  readonly share: number;
}

export function progressOf(uploads: Uploads): Progress {
  const count = (wanted: (one: Upload) => boolean) => uploads.filter(wanted).length;
  const alive = uploads.filter(({ phase }) => phase !== "failed");
  const size = alive.reduce((sum, one) => sum + one.size, 0);
  const received = alive.reduce((sum, one) => sum + one.received, 0);
  return {
    files: uploads.length,
    kept: count(({ phase }) => phase === "kept"),
    failed: count(({ phase }) => phase === "failed"),
    pending: count(isPending),
    share: size === 0 ? 1 : received / size,
  };
}
