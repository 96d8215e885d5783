/** What a person reads in the field is what leaves: proposed, changed, or nothing. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test } from "vitest";
import type { Level } from "#/api/types";
import { json, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { useWebAsk, type WebAsk } from "./useWebAsk";
import { WebQuery, WebSwitch } from "./WebSwitch";

const QUERY = "/api/web-search/query";
const PLACE = { conversationId: "c1", files: ["f1"] };
const SEARCH = {
  engines: [{ name: "searxng", operator: "institution", country: "FR" }],
  highest_level: "internal",
  reads_pages: true,
};

function setUp(level: Level = "internal", search: unknown = SEARCH) {
  const seen: { web: WebAsk | null } = { web: null };
  function Page() {
    const [text, setText] = useState("");
    const web = useWebAsk(text, PLACE);
    seen.web = web;
    return (
      <>
        <textarea aria-label="Question" value={text} onChange={(event) => setText(event.target.value)} />
        <WebSwitch web={web} disabled={false} />
        <WebQuery web={web} level={level} locked={false} />
      </>
    );
  }
  render(<Page />, { server: [[["web", "search"], search]] });
  return { seen, user: userEvent.setup() };
}

const server = scriptedServer();

describe("the search of the web in the composer", () => {
  test("is not there without an engine", () => {
    setUp("internal", { ...SEARCH, engines: [] });
    expect(screen.queryByRole("button", { name: "Chercher sur le web" })).toBeNull();
  });

  test("is off by default: nothing is proposed, nothing leaves", async () => {
    const { seen, user } = setUp();
    await user.type(screen.getByLabelText("Question"), "Quel délai ?");
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(seen.web?.toAsk()).toEqual({});
    expect(server.requests.filter(({ path }) => path === QUERY)).toEqual([]);
  });

  test("proposes words, which leave as they are read", async () => {
    server.paths[QUERY] = json({ query: "délai de conservation", removed: { name: 1 } });
    const { seen, user } = setUp();
    await user.click(screen.getByRole("button", { name: "Chercher sur le web" }));
    await user.type(screen.getByLabelText("Question"), "Délai pour Jeanne ?");
    expect(seen.web?.lackAt("internal")).toBe("proposing");
    await waitFor(() => expect(screen.getByLabelText("Recherche")).toHaveProperty("value", "délai de conservation"));
    expect(seen.web?.lackAt("internal")).toBeNull();
    expect(seen.web?.toAsk()).toEqual({ web: { query: "délai de conservation", tiers: [] } });
    expect(screen.getByText(/Une donnée en a été retirée/)).toBeTruthy();
    const asked = server.requests.filter(({ path }) => path === QUERY).at(-1);
    expect(asked?.body).toEqual({ text: "Délai pour Jeanne ?", conversation_id: "c1", files: ["f1"] });
  });

  test("words changed by the person stay theirs, whatever is written next", async () => {
    const { seen, user } = setUp();
    await user.click(screen.getByRole("button", { name: "Chercher sur le web" }));
    await user.type(screen.getByLabelText("Recherche"), "mes mots");
    await user.click(screen.getByLabelText("Sources officielles seulement"));
    await user.type(screen.getByLabelText("Question"), "Autre chose ?");
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(seen.web?.toAsk()).toEqual({ web: { query: "mes mots", tiers: ["official"] } });
    expect(server.requests.filter(({ path }) => path === QUERY)).toEqual([]);
    await user.clear(screen.getByLabelText("Recherche"));
    expect(seen.web?.lackAt("internal")).toBe("empty");
  });

  test("a level above the setting holds the question back, with the reason", async () => {
    const { seen, user } = setUp("restricted");
    await user.click(screen.getByRole("button", { name: "Chercher sur le web" }));
    expect(seen.web?.lackAt("restricted")).toBe("level");
    expect(screen.getByText(/au-dessus du niveau/)).toBeTruthy();
  });
});
