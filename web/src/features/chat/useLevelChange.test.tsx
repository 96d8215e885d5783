/** A question asked right after a change of level never leaves under the old one. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { useConversation } from "#/api/conversations";
import { type Answer, json, refusal, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { conversation, summary, turn } from "#/testing/samples";
import { useLevelChange } from "./useLevelChange";

const server = scriptedServer();

function Page({ onAct }: { readonly onAct: () => void }) {
  const { data } = useConversation("c1");
  const { change, whenRecorded, holding } = useLevelChange("c1");
  return (
    <>
      <p>{`${data?.level}, ${holding ? "held" : "free"}`}</p>
      <button type="button" onClick={() => change("restricted")}>
        raise
      </button>
      <button type="button" onClick={() => whenRecorded(onAct)}>
        ask
      </button>
    </>
  );
}

function setUp() {
  const onAct = vi.fn();
  let answer: (given: Answer) => void = () => undefined;
  server.paths["/api/conversations/c1"] = (response) => {
    if (response.req.method === "GET") response.destroy();
    else answer = (given) => given(response);
  };
  render(<Page onAct={onAct} />, { server: [[["conversation", "c1"], conversation([turn], "t1")]] });
  const recorded = async (given: Answer) => {
    await vi.waitFor(() => expect(server.requests.some(({ method }) => method === "PATCH")).toBe(true));
    answer(given);
  };
  return { onAct, recorded, user: userEvent.setup() };
}

const press = (name: string) => screen.getByRole("button", { name });

describe("useLevelChange", () => {
  test("asks at once when no change is under way", async () => {
    const { onAct, user } = setUp();
    await user.click(press("ask"));
    expect(onAct).toHaveBeenCalledOnce();
  });

  test("waits until the new level is recorded", async () => {
    const { onAct, recorded, user } = setUp();
    await user.click(press("raise"));
    await user.click(press("ask"));
    expect(await screen.findByText("restricted, held")).toBeTruthy();
    expect(onAct).not.toHaveBeenCalled();
    await recorded(json({ ...summary, level: "restricted" }));
    await waitFor(() => expect(onAct).toHaveBeenCalledOnce());
    expect(screen.getByText("restricted, free")).toBeTruthy();
  });

  test("asks nothing when it is refused, says why, and shows the level that holds", async () => {
    const { onAct, recorded, user } = setUp();
    await user.click(press("raise"));
    await user.click(press("ask"));
    await recorded(refusal(403, "level_not_allowed"));
    expect((await screen.findAllByText(/n’est pas approuvée pour ce niveau/)).length).toBeGreaterThan(0);
    expect(await screen.findByText("internal, free")).toBeTruthy();
    expect(onAct).not.toHaveBeenCalled();
    await user.click(press("ask"));
    expect(onAct).toHaveBeenCalledOnce();
  });
});
