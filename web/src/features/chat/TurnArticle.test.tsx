// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { render } from "#/testing/render";
import { conversation, turn } from "#/testing/samples";
import { storedTurns } from "./shownTurns";
import { type TurnActions, TurnArticle } from "./TurnArticle";

const nothing = () => undefined;

beforeEach(() => {
  // jsdom has none.
  vi.stubGlobal("CSS", { escape: (name: string) => name });
});

function open({ locked = false, editing = false, actions = {} as Partial<TurnActions> } = {}) {
  const [shown] = storedTurns(conversation([turn], "t1"), "t1");
  if (!shown) throw new Error("no turn");
  const all = { edit: nothing, ask: nothing, retryReplaced: () => {}, retry: nothing, choose: nothing, ...actions };
  render(<TurnArticle turn={shown} number={1} recent editing={editing} locked={locked} actions={all} />);
  return userEvent.setup();
}

const spoken = () => document.querySelector("[aria-live=polite]")?.textContent;

test.each(["Copier avec la mise en forme", "Copier en Markdown"])("%s: says whether it was done", async (name) => {
  const user = open();
  document.execCommand = () => true;
  await user.click(screen.getByRole("button", { name }));
  await waitFor(() => expect(spoken()).toBe("Copié."));
  document.execCommand = () => false;
  await user.click(screen.getByRole("button", { name }));
  await waitFor(() => expect(spoken()).toMatch(/^Rien n’a été copié. Sélectionnez le texte/));
});

test("a question written again does not leave while another answer is being written, and the reason is told", async () => {
  const ask = vi.fn();
  const user = open({ locked: true, editing: true, actions: { ask } });
  await user.click(screen.getByRole("button", { name: "Envoyer cette version" }));
  expect(ask).not.toHaveBeenCalled();
  expect(spoken()).toMatch(/^La réponse précédente s’écrit encore/);
});
