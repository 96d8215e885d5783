import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import type { Model } from "#/api/types";
import { setPreferences } from "#/features/preferences/preferences";
import { render } from "#/testing/render";
import { model } from "#/testing/samples";
import { Composer } from "./Composer";

function setUp({ models = [model], running = false }: { models?: readonly Model[]; running?: boolean } = {}) {
  const onSend = vi.fn();
  const onStop = vi.fn();
  const onEditLast = vi.fn();
  function Page() {
    const [text, setText] = useState("");
    return (
      <Composer
        draft={{ text, setText, clear: () => setText("") }}
        level="internal"
        onLevel={() => undefined}
        onSend={onSend}
        running={running}
        onStop={onStop}
        onEditLast={onEditLast}
      />
    );
  }
  render(<Page />, { server: [[["models"], { items: models }]] });
  return { onSend, onStop, onEditLast, field: screen.getByRole("textbox"), user: userEvent.setup() };
}

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

  test("while an answer is written, the text stays and the button stops", async () => {
    const { field, user, onSend, onStop } = setUp({ running: true });
    await user.type(field, "La suite{Enter}");
    expect(onSend).not.toHaveBeenCalled();
    expect(field).toHaveProperty("value", "La suite");
    await user.click(screen.getByRole("button", { name: "Arrêter la réponse" }));
    expect(onStop).toHaveBeenCalledOnce();
  });

  test("says that no model may receive this level, and sends nothing", async () => {
    const { field, user, onSend } = setUp({ models: [{ ...model, highest_level: "public" }] });
    await user.type(field, "Un secret{Enter}");
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByText(/Aucun modèle habilité/)).toBeTruthy();
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
