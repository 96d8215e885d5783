/** What a person reads in the field is what leaves; above the level, only the copy kept here is searched. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test } from "vitest";
import type { Level } from "#/api/types";
import { json, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { useWorksAsk, type WorksAsk } from "./useWorksAsk";
import { WorksQuery, WorksSwitch } from "./WorksSwitch";

const QUERY = "/api/web-search/query";
const PLACE = { conversationId: "c1", files: ["f1"] };
const DESK = { open: true, sources: ["hal", "arxiv"], highest_level: "internal" };

function setUp(level: Level = "internal", desk: unknown = DESK) {
  const seen: { works: WorksAsk | null } = { works: null };
  function Page() {
    const [text, setText] = useState("");
    const works = useWorksAsk(text, PLACE);
    seen.works = works;
    return (
      <>
        <textarea aria-label="Question" value={text} onChange={(event) => setText(event.target.value)} />
        <WorksSwitch works={works} disabled={false} />
        <WorksQuery works={works} level={level} locked={false} />
      </>
    );
  }
  render(<Page />, { server: [[["scholarly"], desk]] });
  return { seen, user: userEvent.setup() };
}

const server = scriptedServer();
const turnOn = { name: "Chercher des publications" };

describe("the search of publications in the composer", () => {
  test("is not there where the desk is closed", () => {
    setUp("internal", { ...DESK, open: false });
    expect(screen.queryByRole("button", turnOn)).toBeNull();
  });

  test("is off by default, and proposes words which leave as they are read", async () => {
    server.paths[QUERY] = json({ query: "équité des réseaux", removed: {} });
    const { seen, user } = setUp();
    expect(seen.works?.toAsk()).toEqual({});
    await user.click(screen.getByRole("button", turnOn));
    await user.type(screen.getByLabelText("Question"), "Équité ?");
    await waitFor(() => expect(screen.getByLabelText("Publications")).toHaveProperty("value", "équité des réseaux"));
    expect(seen.works?.toAsk()).toEqual({ publications: { query: "équité des réseaux" } });
    expect(screen.getByText(/partiront vers HAL et arXiv/)).toBeTruthy();
  });

  test("above the level it is held back, unless a copy is kept here: then nothing leaves, and it says so", async () => {
    const { seen, user } = setUp("restricted");
    await user.click(screen.getByRole("button", turnOn));
    expect(seen.works?.lackAt("restricted")).toBe("level");
    expect(screen.getByText(/au-dessus du niveau/)).toBeTruthy();
  });

  test("with a copy kept here, a level above searches it alone", async () => {
    const { seen, user } = setUp("restricted", { ...DESK, sources: ["hal", "mirror"] });
    await user.click(screen.getByRole("button", turnOn));
    await user.type(screen.getByLabelText("Publications"), "glaciers");
    expect(seen.works?.lackAt("restricted")).toBeNull();
    expect(screen.getByText(/Rien ne part/)).toBeTruthy();
  });
});
