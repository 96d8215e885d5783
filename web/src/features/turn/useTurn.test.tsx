/** What a screen sees of a turn, and that leaving the screen never cuts it. */
import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { countCodePoints } from "./codePoints";
import { forgetAllTurns, forgetTurn, readTurn } from "./registry";
import {
  bytes,
  HEAD,
  hangUp,
  hold,
  json,
  refusal,
  STOPPED,
  scriptedServer,
  stream,
  TEXT,
} from "./testing/scriptedServer";
import { useTurn } from "./useTurn";

const server = scriptedServer();

afterEach(() => forgetAllTurns());

const stops = () => server.requests.filter(({ path }) => path.endsWith("/stop"));

function show(conversationId = "c1") {
  return renderHook(({ id }) => useTurn(id), { initialProps: { id: conversationId } });
}

describe("useTurn", () => {
  it("shows the question at once, then the answer", async () => {
    const { result } = show();
    expect(result.current.turn).toBeNull();
    act(() => result.current.send({ text: "Bonjour", parentTurnId: "t0" }));
    expect(result.current.turn).toMatchObject({ phase: "sending", question: "Bonjour", parentTurnId: "t0" });
    await waitFor(() => expect(result.current.turn).toMatchObject({ phase: "closed", state: "answered", text: TEXT }));
  });

  it("goes on while another conversation is on screen, and is found again", async () => {
    const { result, rerender, unmount } = show();
    act(() => result.current.send({ text: "Bonjour" }));
    rerender({ id: "c2" });
    expect(result.current.turn).toBeNull();
    unmount();
    await waitFor(() => expect(readTurn("c1")?.phase).toBe("closed"));
    expect(show().result.current.turn?.text).toBe(TEXT);
  });

  it("follows a turn found running from the text already known, once", async () => {
    const known = [...TEXT].slice(0, 20).join("");
    const { result } = show();
    act(() => {
      result.current.attach("t1", countCodePoints(known), known);
      result.current.attach("t1", countCodePoints(known), known);
    });
    expect(result.current.turn).toMatchObject({ phase: "reconnecting", text: known });
    await waitFor(() => expect(result.current.turn).toMatchObject({ phase: "closed", text: TEXT }));
    expect(server.requests.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([["GET", "20"]]);
  });

  it("asks the server to stop and waits for its word", async () => {
    server.answers = [
      hold(HEAD, (stream) => {
        server.answers = [
          (response) => {
            response.writeHead(202).end();
            stream.end(STOPPED);
          },
        ];
      }),
    ];
    const { result } = show();
    act(() => result.current.send({ text: "Bonjour" }));
    await waitFor(() => expect(result.current.turn?.phase).toBe("running"));
    act(() => result.current.stop());
    expect(result.current.turn).toMatchObject({ stopping: true, phase: "running" });
    await waitFor(() => expect(result.current.turn).toMatchObject({ phase: "closed", state: "stopped" }));
    expect(server.requests.at(-1)).toMatchObject({ method: "POST", path: "/api/conversations/c1/turns/t1/stop" });
  });

  it("stops a question whose answer has not begun as soon as it has", async () => {
    server.answers = [(response) => setTimeout(() => hold(HEAD)(response), 30)];
    const { result } = show();
    act(() => {
      result.current.send({ text: "Bonjour" });
      result.current.stop();
    });
    expect(result.current.turn).toMatchObject({ phase: "sending", stopping: true });
    await waitFor(() =>
      expect(server.requests.map(({ path }) => path)).toContain("/api/conversations/c1/turns/t1/stop"),
    );
  });

  it("asks again to stop after the connection came back", async () => {
    server.answers = [hold(HEAD, (stream) => setTimeout(() => stream.destroy(), 60)), hangUp, hold(HEAD)];
    const { result } = show();
    act(() => result.current.send({ text: "Bonjour" }));
    await waitFor(() => expect(result.current.turn?.phase).toBe("running"));
    act(() => result.current.stop());
    await waitFor(() => expect(stops().length).toBeGreaterThanOrEqual(2), { timeout: 3_000 });
  });

  it("asks again to stop when the server did not hear it, though the answer still comes", async () => {
    server.answers = [hold(HEAD), hangUp, refusal(503, "service_unavailable"), json({}, 202)];
    const { result } = show();
    act(() => result.current.send({ text: "Bonjour" }));
    await waitFor(() => expect(result.current.turn?.phase).toBe("running"));
    act(() => result.current.stop());
    await waitFor(() => expect(stops()).toHaveLength(3), { timeout: 4_000 });
  });

  it("does not insist when the server says that there is nothing to stop", async () => {
    server.answers = [hold(HEAD), refusal(409, "turn_not_found")];
    const { result } = show();
    act(() => result.current.send({ text: "Bonjour" }));
    await waitFor(() => expect(result.current.turn?.phase).toBe("running"));
    act(() => result.current.stop());
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(stops()).toHaveLength(1);
  });

  it("takes up a running turn again once the person whose session had ended is back", async () => {
    server.answers = [stream(0, 700), refusal(401, "not_signed_in")];
    const { result } = show();
    act(() => result.current.send({ text: "Bonjour" }));
    await waitFor(() => expect(result.current.turn).toMatchObject({ phase: "closed", state: "interrupted" }));
    const { text = "", position = 0 } = result.current.turn ?? {};
    act(() => result.current.attach("t1", position, text));
    await waitFor(() => expect(result.current.turn).toMatchObject({ state: "answered", text: TEXT }));
  });

  it("forgets what it read when asked, without a word more", async () => {
    server.answers = [hold(bytes(0).slice(0, 700))];
    const { result } = show();
    act(() => result.current.send({ text: "Bonjour" }));
    await waitFor(() => expect(result.current.turn?.text).not.toBe(""));
    act(() => forgetTurn("c1"));
    expect(result.current.turn).toBeNull();
    expect(readTurn("c1")).toBeNull();
  });
});
