/** A real HTTP server on the loopback that plays scripted turns, and breaks its connections where a test says. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach } from "vitest";
import { countCodePoints, dropCodePoints } from "../codePoints";

export const TEXT = "Une réponse 𝔸 en plusieurs morceaux, coupée où l’on veut. ".repeat(3);
const OPENED = { type: "opened", turn_id: "t1", question_id: "q1", answer_id: "a1", parent_turn_id: null };
const CLOSED = { type: "closed", state: "answered", error: null, usage: null, title: null };

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly lastEventId: string | null;
  readonly body: Readonly<Record<string, unknown>> | null;
}

export type Answer = (response: ServerResponse) => void;

export interface ScriptedServer {
  /** What came, in order. */
  requests: Request[];
  /** What the next requests get; when it is empty, the whole turn from the position asked for. */
  answers: Answer[];
  /** What each request to a path gets, before all that. */
  paths: Record<string, Answer>;
}

export function sent(event: Readonly<Record<string, unknown>> & { readonly type: string }, position: number): string {
  return `id: ${position}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

export const HEAD = sent(OPENED, 0);
export const STOPPED = sent({ ...CLOSED, state: "stopped" }, 0);

/** A whole connection from a position, as bytes. */
export function bytes(from: number): Uint8Array {
  const pieces = dropCodePoints(TEXT, from).match(/[\s\S]{1,9}/gu) ?? [];
  let position = from;
  const deltas = pieces.map((text) => {
    position += countCodePoints(text);
    return sent({ type: "delta", text }, position);
  });
  return new TextEncoder().encode([sent(OPENED, from), ": \n", ...deltas, sent(CLOSED, position)].join(""));
}

/** Streams from a position and breaks the connection after some bytes (never, when there are fewer). */
export function stream(from: number, breakAfter = Number.POSITIVE_INFINITY): Answer {
  return (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    const all = bytes(from);
    if (breakAfter >= all.length) {
      response.end(all);
      return;
    }
    response.write(all.slice(0, breakAfter), () => setTimeout(() => response.destroy(), 2));
  };
}

/** Says a part of the turn, then nothing, with the connection left open; `then` is called once it is said. */
export function hold(part: Uint8Array | string, then: (response: ServerResponse) => void = () => undefined): Answer {
  return (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(part, () => then(response));
  };
}

export function json(body: unknown, status = 200): Answer {
  return (response) => {
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(body));
  };
}

export function refusal(status: number, code: string, params: Readonly<Record<string, unknown>> = {}): Answer {
  return json({ code, message: code, params, request_id: "r" }, status);
}

export const hangUp: Answer = (response) => response.destroy();

/** Starts a server for each test of the file; the page of the test lives at its address. */
export function scriptedServer(): ScriptedServer {
  const script: ScriptedServer = { requests: [], answers: [], paths: {} };
  let server: Server;

  beforeEach(async () => {
    script.requests = [];
    script.answers = [];
    script.paths = {};
    server = createServer((request, response) => void handle(script, request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { happyDOM } = window as unknown as { happyDOM: { setURL(url: string): void } };
    happyDOM.setURL(`http://127.0.0.1:${port}/`);
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  return script;
}

async function handle(script: ScriptedServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const header = request.headers["last-event-id"];
  const lastEventId = typeof header === "string" ? header : null;
  script.requests.push({
    method: request.method ?? "",
    path: request.url ?? "",
    lastEventId,
    body: request.headers["content-type"] === "application/json" && body !== "" ? JSON.parse(body) : null,
  });
  const answer = script.paths[request.url ?? ""] ?? script.answers.shift() ?? stream(Number(lastEventId ?? 0));
  answer(response);
}
