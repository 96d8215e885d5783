/** Following a turn over real HTTP, with a scripted server that breaks its connections where the test says. */
import { describe, expect, it, vi } from "vitest";
import { open } from "#/api/http";
import { reduceTurn, sendingTurn, type TurnView } from "./reducer";
import { type FollowOptions, followTurn } from "./stream";
import { bytes, HEAD, hangUp, hold, json, refusal, scriptedServer, stream, TEXT } from "./testing/scriptedServer";

const server = scriptedServer();

async function follow(options: Partial<FollowOptions> = {}): Promise<TurnView> {
  let view = sendingTurn({ question: "Bonjour", retryOf: null });
  await followTurn({
    conversationId: "c1",
    input: { text: "Bonjour" },
    signal: new AbortController().signal,
    read: () => view,
    dispatch: (action) => {
      view = reduceTurn(view, action);
    },
    pauses: [1],
    ...options,
  });
  return view;
}

describe("sending a question", () => {
  it("posts it and reads the answer to its end", async () => {
    const turn = await follow({ input: { text: "Bonjour", model: "petit", parentTurnId: null } });
    expect(turn).toMatchObject({ phase: "closed", state: "answered", text: TEXT, turnId: "t1" });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      method: "POST",
      path: "/api/conversations/c1/turns",
      body: { text: "Bonjour", model: "petit", parent_turn_id: null, client_key: expect.any(String) },
    });
  });

  it("asks a retry without any text", async () => {
    await follow({ input: { retryOf: "t0" } });
    expect(Object.keys(server.requests[0]?.body ?? {}).sort()).toEqual(["client_key", "retry_of"]);
  });

  it("tells the code of a refusal, at once", async () => {
    server.answers = [refusal(409, "model_missing", { model: "grand" })];
    const turn = await follow();
    expect(turn).toMatchObject({ phase: "closed", state: "failed", error: { code: "model_missing" }, turnId: null });
    expect(turn.error?.params).toEqual({ model: "grand" });
    expect(server.requests).toHaveLength(1);
  });

  it("repeats the same question under the same key when no answer came", async () => {
    server.answers = [hangUp, refusal(503, "service_unavailable"), stream(0)];
    expect((await follow()).text).toBe(TEXT);
    const keys = server.requests.map(({ method, body }) => {
      const { client_key: key } = body ?? {};
      return `${method} ${String(key)}`;
    });
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(3);
  });

  it("gives up after a few attempts, with the question kept", async () => {
    server.answers = [hangUp, hangUp, hangUp, hangUp, hangUp];
    const turn = await follow();
    expect(turn).toMatchObject({ state: "failed", question: "Bonjour", error: { code: "server_unreachable" } });
    expect(server.requests).toHaveLength(4);
  });
});

describe("a server that is full", () => {
  const full = (place: number) => refusal(429, "server_busy", { place, retry_after: 0 });

  it("keeps the question in line, under the same key, and says its place", async () => {
    server.answers = [full(7), full(2), full(1), full(1), full(1), stream(0)];
    const places: (number | null | undefined)[] = [];
    let view = sendingTurn({ question: "Bonjour", retryOf: null });
    await follow({
      read: () => view,
      dispatch: (action) => {
        view = reduceTurn(view, action);
        if (action.type === "kept_waiting") places.push(view.status?.position_in_queue);
      },
    });
    expect(places).toEqual([7, 2, 1, 1, 1]);
    expect(view).toMatchObject({ state: "answered", text: TEXT });
    expect(new Set(server.requests.map(({ body }) => body?.["client_key"])).size).toBe(1);
  });

  it("asks no more once the person no longer waits, and says that it did not leave", async () => {
    server.answers = Array.from({ length: 3 }, () => full(3));
    let view = sendingTurn({ question: "Bonjour", retryOf: null });
    await follow({
      read: () => view,
      dispatch: (action) => {
        view = reduceTurn(view, action);
        if (action.type === "kept_waiting") view = reduceTurn(view, { type: "stop_requested" });
      },
    });
    expect(view).toMatchObject({
      phase: "closed",
      state: "failed",
      question: "Bonjour",
      error: { code: "server_busy" },
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe("losing the connection", () => {
  it("goes on from the last code point received, wherever the bytes were cut", async () => {
    const size = bytes(0).length;
    const head = HEAD.length;
    for (let cut = head; cut < size; cut += 7) {
      server.requests = [];
      server.answers = [stream(0, cut)];
      const turn = await follow();
      expect(turn.text, `cut after ${cut} bytes`).toBe(TEXT);
      expect(server.requests.slice(1).every(({ path }) => path === "/api/conversations/c1/turns/t1/events")).toBe(true);
    }
  }, 30_000);

  it("comes back as often as needed", async () => {
    server.answers = [
      stream(0, 700),
      hangUp,
      refusal(503, "x"),
      refusal(429, "too_many_streams", { retry_after: 0.001 }),
    ];
    expect(await follow()).toMatchObject({ phase: "closed", state: "answered", text: TEXT });
    expect(server.requests).toHaveLength(5);
  });

  it("comes back as soon as the server is known to answer again, however long the pause", async () => {
    server.paths["/api/health/live"] = json({});
    server.answers = [stream(0, 700), hangUp];
    // The pause after the first failure is short, the one after the second would outlast the test.
    const following = follow({ pauses: [1, 600_000] });
    await vi.waitFor(() => expect(server.requests).toHaveLength(2));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await open("GET", "/api/health/live");
    expect((await following).text).toBe(TEXT);
  });

  it("takes a long silence for a dead connection", async () => {
    server.answers = [hold(bytes(0).slice(0, 700))];
    expect((await follow({ silence: 80 })).text).toBe(TEXT);
    expect(server.requests).toHaveLength(2);
  });

  it("ends as interrupted when the server no longer knows the turn, or the person", async () => {
    server.answers = [stream(0, 700), refusal(401, "not_signed_in")];
    const turn = await follow();
    expect(turn).toMatchObject({ phase: "closed", state: "interrupted", error: { code: "not_signed_in" } });
    expect(TEXT.startsWith(turn.text) && turn.text !== "").toBe(true);
  });
});

it("stops at once when the page lets go of it", async () => {
  const letGo = new AbortController();
  server.answers = [hold(bytes(0).slice(0, 700), () => setTimeout(() => letGo.abort(), 20))];
  const turn = await follow({ signal: letGo.signal });
  expect(turn.phase).toBe("running");
  expect(server.requests).toHaveLength(1);
});
