import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import type { Allowance, Level, Model } from "#/api/types";
import { useGiven } from "#/features/given/useGiven";
import { setPreferences } from "#/features/preferences/preferences";
import { type Answer, json, refusal, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { model, session } from "#/testing/samples";
import { Composer } from "./Composer";
import { useSearches } from "./useSearches";

const NO_WEB = [["web", "search"], { engines: [], highest_level: "internal", reads_pages: true }] as const;

interface Given {
  /** Absent: the server is asked. */
  readonly models?: readonly Model[] | undefined;
  readonly running?: boolean;
  readonly level?: Level;
  readonly allowances?: readonly Allowance[];
}

function setUp(given: Given = {}) {
  const { models, running = false, level = "internal", allowances = [] } = { models: [model], ...given };
  const onSend = vi.fn();
  const onStop = vi.fn();
  const onEditLast = vi.fn();
  function Page() {
    const [text, setText] = useState("");
    const clear = () => setText("");
    const given = useGiven("p1", "new");
    const searches = useSearches(text, null, given);
    return (
      <Composer
        conversationId={null}
        conversation={() => Promise.resolve("c")}
        draft={{ text, setText, clear }}
        given={given}
        searches={searches}
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
  const known = [[["session", "current"], session] as const, [["allowances"], { items: allowances }] as const, NO_WEB];
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

describe("quotas", () => {
  const small = { ...model, id: "small", display_name: "Petit modèle" };
  const allowance: Allowance = {
    holder: "each_person",
    model_id: null,
    measure: "requests",
    period: "day",
    mode: "hard",
    amount: 20,
    used: 8,
    left: 12,
    smaller_model: null,
    reopens_at: "2026-11-22T23:00:00Z",
  };
  const ended = { ...allowance, used: 20, left: 0 };

  test.each([
    [allowance, "il reste 12 questions aujourd’hui"],
    [{ ...allowance, left: 1, period: "month" }, "il reste 1 question ce mois-ci"],
    [{ ...allowance, measure: "tokens", left: 31_900 }, "il reste environ 63 pages à lire ou à écrire aujourd’hui"],
    [{ ...allowance, measure: "tokens", left: 512 }, "il reste environ 300 mots à lire ou à écrire aujourd’hui"],
    [{ ...allowance, measure: "euros", left: 1.2, holder: "unit" }, "il reste 1,20 € à votre unité aujourd’hui"],
    [{ ...allowance, measure: "gco2e", left: 35.25, period: "month" }, "il reste 35,3 g de CO₂e ce mois-ci"],
  ] as const)("%o is told as “%s”", (left, words) => {
    setUp({ allowances: [left] });
    const notice = screen.getByText(/Une IA répond/).parentElement;
    expect(notice?.textContent?.replaceAll(/[\u00a0\u202f]/g, " ")).toContain(`Interne · ${words}`);
  });

  test("the nearest to its end, of those that concern the model", () => {
    const other = { ...allowance, model_id: "large", left: 1 };
    const degrading = { ...allowance, mode: "degrade" as const, smaller_model: "ministral", left: 2 };
    setUp({ allowances: [other, degrading, { ...allowance, left: 3 }, allowance] });
    expect(screen.getByText(/il reste 3 questions/)).toBeTruthy();
  });

  test("nothing is said where nothing is limited", () => {
    setUp();
    expect(screen.queryByText(/il reste/)).toBeNull();
  });

  test("used up, the question does not leave, and the page says when it may", async () => {
    const { field, user, onSend } = setUp({ allowances: [ended] });
    expect(
      screen.getByText(/Votre quota de questions d’aujourd’hui est utilisé\. Il reprend lundi 23 novembre/),
    ).toBeTruthy();
    await user.type(field, "Bonjour{Enter}");
    expect(onSend).not.toHaveBeenCalled();
    expect(field).toHaveProperty("value", "Bonjour");
    expect(spoken()).toMatch(/^Votre quota de questions/);
    expect(screen.queryByRole("button", { name: /Continuer avec/ })).toBeNull();
  });

  test("a soft quota used up holds nothing back", async () => {
    const { field, user, onSend } = setUp({ allowances: [{ ...ended, mode: "soft" }] });
    expect(screen.getByText(/le quota d’aujourd’hui est utilisé/)).toBeTruthy();
    await user.type(field, "Bonjour{Enter}");
    expect(onSend).toHaveBeenCalledOnce();
  });

  test("the smaller model is offered, and takes the question", async () => {
    const degraded = { ...ended, mode: "degrade" as const, smaller_model: "small" };
    const { field, user, onSend } = setUp({ models: [model, small], allowances: [degraded] });
    await user.type(field, "Bonjour");
    await user.click(screen.getByRole("button", { name: "Continuer avec Petit modèle" }));
    expect(document.activeElement).toBe(field);
    expect(screen.queryByText(/est utilisé/)).toBeNull();
    await user.keyboard("{Enter}");
    expect(onSend).toHaveBeenCalledExactlyOnceWith("Bonjour", "small");
    setPreferences({ model: null });
  });

  test("a smaller model that is used up too is not offered", () => {
    const degraded = { ...ended, mode: "degrade" as const, smaller_model: "small" };
    setUp({ models: [model, small], allowances: [degraded, { ...ended, model_id: "small", period: "month" }] });
    expect(screen.getByText(/est utilisé/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Continuer avec/ })).toBeNull();
  });

  test("a quota of one model leaves the others, and says so", async () => {
    const { user } = setUp({ models: [model, small], allowances: [{ ...ended, model_id: "ministral" }] });
    expect(screen.getByText(/Un autre modèle reste disponible/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: /Modèle/ }));
    await user.click(screen.getByRole("menuitemradio", { name: /Petit modèle/ }));
    expect(screen.queryByText(/est utilisé/)).toBeNull();
    setPreferences({ model: null });
  });
});
