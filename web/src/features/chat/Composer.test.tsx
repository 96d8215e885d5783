import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import type { Level, Model } from "#/api/types";
import { setPreferences } from "#/features/preferences/preferences";
import { type Answer, json, refusal, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { model, session } from "#/testing/samples";
import { Composer } from "./Composer";

interface Given {
  /** Absent: the server is asked. */
  readonly models?: readonly Model[] | undefined;
  readonly running?: boolean;
  readonly level?: Level;
}

function setUp(given: Given = {}) {
  const { models, running = false, level = "internal" } = { models: [model], ...given };
  const onSend = vi.fn();
  const onStop = vi.fn();
  const onEditLast = vi.fn();
  function Page() {
    const [text, setText] = useState("");
    const clear = () => setText("");
    return (
      <Composer
        draft={{ text, setText, clear }}
        level={level}
        onLevel={() => undefined}
        onSend={(...sent) => {
          onSend(...sent);
          clear();
        }}
        running={running}
        onStop={onStop}
        onEditLast={onEditLast}
      />
    );
  }
  const known = [[["session", "current"], session] as const];
  render(<Page />, { server: models ? [...known, [["models"], { items: models }]] : known });
  return { onSend, onStop, onEditLast, field: screen.getByRole("textbox"), user: userEvent.setup() };
}

const spoken = () => document.querySelector("[aria-live=polite]")?.textContent;

describe("Composer", () => {
  test("Enter sends, Shift+Enter makes a line", async () => {
    const { field, user, onSend } = setUp();
    await user.type(field, "Bonjour{Shift>}{Enter}{/Shift}à tous{Enter}");
    expect(onSend).toHaveBeenCalledExactlyOnceWith("Bonjour\nà tous", "ministral");
    expect(field).toHaveProperty("value", "");
  });

  test("the other way round when preferred", async () => {
    setPreferences({ enterSends: false });
    const { field, user, onSend } = setUp();
    await user.type(field, "Bonjour{Enter}");
    expect(onSend).not.toHaveBeenCalled();
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(onSend).toHaveBeenCalledOnce();
    setPreferences({ enterSends: true });
  });

  test("an empty text does not leave", async () => {
    const empty = setUp();
    await empty.user.type(empty.field, "  {Enter}");
    expect(empty.onSend).not.toHaveBeenCalled();
  });

  test("while an answer is written, the text stays, the reason is told, and the button stops", async () => {
    const { field, user, onSend, onStop } = setUp({ running: true });
    await user.type(field, "La suite{Enter}");
    expect(onSend).not.toHaveBeenCalled();
    expect(field).toHaveProperty("value", "La suite");
    expect(spoken()).toMatch(/^La réponse précédente s’écrit encore/);
    await user.click(screen.getByRole("button", { name: "Arrêter la réponse" }));
    expect(onStop).toHaveBeenCalledOnce();
  });

  test("says that no model may receive this level, and sends nothing", async () => {
    const { field, user, onSend } = setUp({ models: [{ ...model, highest_level: "public" }] });
    await user.type(field, "Un secret{Enter}");
    expect(onSend).not.toHaveBeenCalled();
    expect(field).toHaveProperty("value", "Un secret");
    expect(screen.getAllByText(/Aucun modèle n’est habilité.*Un administrateur peut/)).toHaveLength(2);
    expect(spoken()).toMatch(/^Aucun modèle/);
  });

  test("says that there is no model, and who can add one", async () => {
    const { field, user, onSend } = setUp({ models: [] });
    expect(screen.getByText(/Aucun modèle n’est configuré.*un administrateur peut ajouter/)).toBeTruthy();
    await user.type(field, "Bonjour{Enter}");
    expect(onSend).not.toHaveBeenCalled();
    expect(field).toHaveProperty("value", "Bonjour");
  });

  test("sends nothing at a level that the installation is not approved for", async () => {
    const highest = { ...model, highest_level: "diffusion_restreinte" as const };
    const { field, user, onSend } = setUp({ models: [highest], level: "diffusion_restreinte" });
    await user.type(field, "Un secret{Enter}");
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getAllByText(/n’est pas approuvée.*commencez-en une autre/)).toHaveLength(2);
  });

  test("says who answers, where, and up to which level", async () => {
    setUp();
    expect(await screen.findByText(/Une IA répond/)).toBeTruthy();
    expect(screen.getByText(/Ministral 8B · Centre de calcul, France · jusqu’au niveau Interne/)).toBeTruthy();
  });

  test("↑ edits the last question only from an empty field", async () => {
    const { field, user, onEditLast } = setUp();
    await user.type(field, "{ArrowUp}");
    expect(onEditLast).toHaveBeenCalledOnce();
    await user.type(field, "mot{ArrowUp}");
    expect(onEditLast).toHaveBeenCalledOnce();
  });
});

describe("before the models are known", () => {
  const server = scriptedServer();
  const list = json({ items: [model] });

  function later() {
    let answer = (_: Answer) => {};
    server.paths["/api/models"] = (response) => {
      answer = (given) => given(response);
    };
    return async (given: Answer) => {
      await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(0));
      answer(given);
    };
  }

  test("the question waits in sight, and leaves by itself when they come", async () => {
    const come = later();
    const { field, user, onSend } = setUp({ models: undefined });
    await user.type(field, "Bonjour{Enter}");
    expect(onSend).not.toHaveBeenCalled();
    expect(field).toHaveProperty("value", "Bonjour");
    expect(screen.getAllByText(/Votre question partira dès qu’elle sera là/)).toHaveLength(2);
    await come(list);
    await waitFor(() => expect(onSend).toHaveBeenCalledExactlyOnceWith("Bonjour", "ministral"));
    expect(field).toHaveProperty("value", "");
  });

  test("the button asks it too; held back, the question stays and does not leave", async () => {
    const come = later();
    const { field, user, onSend } = setUp({ models: undefined });
    await user.type(field, "Bonjour");
    await user.click(screen.getByRole("button", { name: "Envoyer" }));
    await user.click(screen.getByRole("button", { name: "Ne pas envoyer" }));
    await come(list);
    expect(await screen.findByText(/Ministral 8B/, { selector: "p" })).toBeTruthy();
    expect(onSend).not.toHaveBeenCalled();
    expect(field).toHaveProperty("value", "Bonjour");
  });

  test("Esc holds it back", async () => {
    later();
    const { field, user } = setUp({ models: undefined });
    await user.type(field, "Bonjour{Enter}{Escape}");
    expect(screen.getByRole("button", { name: "Envoyer" })).toBeTruthy();
  });

  test("when they cannot be read, the page says so; sending again asks for them again", async () => {
    server.paths["/api/models"] = refusal(500, "internal_error");
    const { field, user, onSend } = setUp({ models: undefined });
    await user.type(field, "Bonjour{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("erreur imprévue");
    expect(field).toHaveProperty("value", "Bonjour");
    server.paths["/api/models"] = list;
    await user.type(field, "{Enter}");
    await waitFor(() => expect(onSend).toHaveBeenCalledExactlyOnceWith("Bonjour", "ministral"));
  });

  test("when there is none, the page says so", async () => {
    const come = later();
    const { field, user, onSend } = setUp({ models: undefined });
    await user.type(field, "Bonjour{Enter}");
    await come(json({ items: [] }));
    await waitFor(() => expect(spoken()).toMatch(/^Aucun modèle n’est configuré/));
    expect(onSend).not.toHaveBeenCalled();
    expect(field).toHaveProperty("value", "Bonjour");
  });
});
