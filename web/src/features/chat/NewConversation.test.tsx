/** The first question: at the installation's own level, and never lost on its way. */
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetAllTurns, readTurn } from "#/features/turn/registry";
import { type Answer, hangUp, json, refusal, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { model, session, summary } from "#/testing/samples";
import { NewConversation } from "./NewConversation";

const server = scriptedServer();
const CREATE = "/api/conversations";
const cleared = { ...model, highest_level: "restricted" as const };

beforeEach(() =>
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() })),
);
afterEach(() => {
  forgetAllTurns();
  vi.unstubAllGlobals();
});

function open(levels: Partial<typeof session> = {}) {
  const onCreated = vi.fn();
  const page = render(<NewConversation folderId={null} onCreated={onCreated} />, {
    server: [
      [["session", "current"], { ...session, ...levels }],
      [["models"], { items: [cleared] }],
    ],
  });
  return { ...page, onCreated, field: screen.getByRole("textbox"), user: userEvent.setup() };
}

const created = () => server.requests.find(({ path }) => path === CREATE);

test("begins at the level that the installation says", async () => {
  server.paths[CREATE] = json({ ...summary, level: "restricted" }, 201);
  const { field, user, onCreated } = open({ default_level: "restricted" });
  expect(screen.getByRole("button", { name: /Niveau de sensibilité.*Sensible/ })).toBeTruthy();
  await user.type(field, "Bonjour{Enter}");
  await waitFor(() => expect(onCreated).toHaveBeenCalledExactlyOnceWith("c1"));
  expect(created()?.body).toEqual({ folder_id: null, level: "restricted" });
  expect(field).toHaveProperty("value", "");
});

test("the question stays in sight, once, until the conversation exists", async () => {
  let answer: (given: Answer) => void = () => undefined;
  server.paths[CREATE] = (response) => {
    answer = (given) => given(response);
  };
  const { field, user, onCreated } = open();
  await user.type(field, "Bonjour{Enter}{Enter}");
  expect(field).toHaveProperty("value", "Bonjour");
  expect(screen.getByText(/Envoi de la question/)).toBeTruthy();
  await waitFor(() => expect(created()).toBeTruthy());
  answer(json(summary, 201));
  await waitFor(() => expect(onCreated).toHaveBeenCalledOnce());
  expect(server.requests.filter(({ path }) => path === CREATE)).toHaveLength(1);
});

test("a refusal is told, with the text kept", async () => {
  server.paths[CREATE] = refusal(403, "level_not_allowed");
  const { field, user, onCreated } = open();
  await user.type(field, "Bonjour{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("n’est pas approuvée");
  expect(field).toHaveProperty("value", "Bonjour");
  expect(onCreated).not.toHaveBeenCalled();
});

test("leaves all the same when the person has gone elsewhere meanwhile, who stays there", async () => {
  let answer: (given: Answer) => void = () => undefined;
  server.paths[CREATE] = (response) => {
    answer = (given) => given(response);
  };
  const { field, user, onCreated, unmount } = open();
  await user.type(field, "Bonjour{Enter}");
  await waitFor(() => expect(created()).toBeTruthy());
  unmount();
  await act(async () => answer(json(summary, 201)));
  await waitFor(() => expect(readTurn("c1")?.question).toBe("Bonjour"));
  expect(onCreated).not.toHaveBeenCalled();
});

test("a text kept for another try is still there when the server is away", async () => {
  server.paths[CREATE] = hangUp;
  const { field, user, unmount } = open();
  await user.type(field, "Bonjour{Enter}");
  await waitFor(() => expect(created()).toBeTruthy());
  unmount();
  expect(open().field).toHaveProperty("value", "Bonjour");
});

test("an example that replaces a text gives it back", async () => {
  const { field, user } = open();
  await user.type(field, "Mon texte");
  await user.click(screen.getByRole("button", { name: /Résumer une note/ }));
  expect((field as HTMLTextAreaElement).value).toMatch(/^Résume en dix lignes/);
  await user.click(screen.getByRole("button", { name: "Annuler" }));
  expect(field).toHaveProperty("value", "Mon texte");
});
