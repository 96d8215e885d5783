import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { readDraft, writeDraft } from "#/features/chat/drafts";
import { hangUp, refusal, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { useLeave } from "./signOut";

const server = scriptedServer();

function Way() {
  const leave = useLeave();
  return (
    <button type="button" onClick={leave}>
      leave
    </button>
  );
}

const leave = () => userEvent.setup().click(screen.getByRole("button", { name: "leave" }));
const spoken = () => document.querySelector("[aria-live=polite]")?.textContent;

test.each([
  ["the server is away", hangUp],
  ["the server fails", refusal(500, "internal_error")],
])("%s: the person is told that the session is still open, and nothing is forgotten", async (_, answer) => {
  server.paths["/api/sessions/current"] = answer;
  writeDraft("ada", "new", "un mot");
  render(<Way />);
  await leave();
  await waitFor(() => expect(spoken()).toMatch(/^La déconnexion n’a pas abouti. Votre session est encore ouverte/));
  expect(readDraft("ada", "new")).toBe("un mot");
});

test("a session that was over already is left all the same", async () => {
  server.paths["/api/sessions/current"] = refusal(401, "not_signed_in");
  const left = vi.spyOn(window.location, "assign").mockReturnValue();
  writeDraft("ada", "new", "un mot");
  render(<Way />);
  await leave();
  await waitFor(() => expect(left).toHaveBeenCalledExactlyOnceWith("/"));
  expect(readDraft("ada", "new")).toBe("");
});
