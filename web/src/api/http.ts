/** The one door to the server: same origin, JSON, coded errors. Nothing else in the page calls fetch for data. */
import type { Params } from "./types";

/** What the server answered when it did not do what was asked; `code` is what the page puts into words. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly params: Params;
  readonly requestId: string | null;

  constructor(code: string, status: number, params: Params = {}, requestId: string | null = null) {
    super(code);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.params = params;
    this.requestId = requestId;
  }
}

/** Codes of the page itself, for what happens before or without an answer of the server. */
export const UNREACHABLE = "server_unreachable";
export const UNREADABLE = "unreadable_answer";
/** The server's code for a request without a living session. */
export const SIGNED_OUT = "not_signed_in";
/** The server's code for a question asked before the charter is accepted. */
export const CHARTER_FIRST = "charter_not_accepted";

/** The server's code for a question that finds no room; it says the place in the line. */
export const SERVER_BUSY = "server_busy";

/** What each answer says about the connection and the session, for whoever shows it. */
export type Outcome = "answered" | "unreachable" | "signed_out" | "charter_first";

const watchers = new Set<(outcome: Outcome) => void>();

export function watchOutcomes(watcher: (outcome: Outcome) => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** What the last answer, or its absence, said. */
let last: Outcome = "answered";

/** Called when the server answers after it could not be reached: what waited for it goes on. */
export function watchReturn(watcher: () => void): () => void {
  let away = last === "unreachable";
  return watchOutcomes((outcome) => {
    const back = away && outcome !== "unreachable";
    away = outcome === "unreachable";
    if (back) watcher();
  });
}

function tell(outcome: Outcome): void {
  last = outcome;
  for (const watcher of watchers) watcher(outcome);
}

const TOLD: Readonly<Record<string, Outcome>> = { [SIGNED_OUT]: "signed_out", [CHARTER_FIRST]: "charter_first" };

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface CallOptions {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** How long the whole answer may take; a stream or a download has no such bound. */
  readonly seconds?: number;
}

export function address(path: string, query: CallOptions["query"] = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one) =>
      one === undefined || one === null ? [] : [[key, String(one)]],
    ),
  );
  const search = new URLSearchParams(pairs).toString();
  return search === "" ? path : `${path}?${search}`;
}

/** Sends a request and returns the raw answer, for streams and downloads; throws ApiError unless 2xx. */
export async function open(method: Method, path: string, options: CallOptions = {}): Promise<Response> {
  const headers = new Headers({ Accept: "application/json", ...options.headers });
  const init: RequestInit = { method, headers, credentials: "same-origin", redirect: "error" };
  const signals = [options.signal, options.seconds && AbortSignal.timeout(options.seconds * 1_000)];
  const given = signals.filter((one) => one instanceof AbortSignal);
  if (given.length > 0) init.signal = AbortSignal.any(given);
  if (options.body instanceof Blob) {
    init.body = options.body;
  } else if (options.body !== undefined) {
    headers.set("Content-Type", "application/json");
    init.body = JSON.stringify(options.body);
  }
  let response: Response;
  try {
    response = await fetch(address(path, options.query), init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    tell("unreachable");
    throw new ApiError(UNREACHABLE, 0);
  }
  if (response.ok) {
    tell("answered");
    return response;
  }
  const error = await readError(response);
  if (error.code === UNREACHABLE) tell("unreachable");
  else tell(TOLD[error.code] ?? "answered");
  throw error;
}

async function readError(response: Response): Promise<ApiError> {
  const requestId = response.headers.get("X-Request-Id");
  try {
    const body: unknown = await response.json();
    if (isCoded(body)) return new ApiError(body.code, response.status, body.params ?? {}, body.request_id ?? requestId);
  } catch {
    // Not our server (a proxy's page, a cut answer): told as such below.
  }
  const gateway = response.status === 502 || response.status === 503 || response.status === 504;
  return new ApiError(gateway ? UNREACHABLE : UNREADABLE, response.status, {}, requestId);
}

function isCoded(body: unknown): body is { code: string; params?: Params; request_id?: string } {
  return typeof body === "object" && body !== null && "code" in body && typeof body.code === "string";
}
