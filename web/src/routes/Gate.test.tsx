/** Who comes in first sees one screen, the right one: never the sign-in form before the invitation to found the place. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type Answer, json, refusal, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { Gate } from "./Gate";

const server = scriptedServer();
const INSTALLATION = "/api/installation";
const installation = {
  name: "Châtelet",
  version: "0.1.0",
  languages: ["fr", "en"],
  needs_first_administrator: false,
  providers: [] as readonly { code: string; name_fr: string; name_en: string }[],
  local_sign_in: true,
};

function open() {
  server.paths["/api/sessions/current"] = refusal(401, "not_signed_in");
  render(<Gate link={null}>inside</Gate>);
}

const form = () => screen.queryByRole("form", { name: "Connexion" });

test.each([
  ["a new installation", true, "Cette installation attend son premier administrateur"],
  ["an ordinary one", false, "Connexion"],
])("%s: nothing shows before it is known which it is", async (_, isNew, title) => {
  let answer: (given: Answer) => void = () => undefined;
  server.paths[INSTALLATION] = (response) => {
    answer = (given) => given(response);
  };
  open();
  const shape = await screen.findByRole("main", { name: "Chargement…" });
  await waitFor(() => expect(server.requests.some(({ path }) => path === INSTALLATION)).toBe(true));
  expect(shape.getAttribute("aria-busy")).toBe("true");
  expect(screen.queryByRole("heading")).toBeNull();
  expect(form()).toBeNull();
  answer(json({ ...installation, needs_first_administrator: isNew }));
  expect(await screen.findByRole("heading", { name: title })).toBeTruthy();
  expect(form() !== null).toBe(!isNew);
  expect(screen.queryByRole("main", { name: "Chargement…" })).toBeNull();
});

test("when it cannot be known, the page says so, and stays so while it tries again", async () => {
  server.paths[INSTALLATION] = refusal(500, "internal_error");
  open();
  expect(await screen.findByText(/erreur imprévue/)).toBeTruthy();
  expect(form()).toBeNull();
  let answer: (given: Answer) => void = () => undefined;
  const asked = vi.fn();
  server.paths[INSTALLATION] = (response) => {
    answer = (given) => given(response);
    asked();
  };
  await userEvent.setup().click(screen.getByRole("button", { name: "Réessayer" }));
  await waitFor(() => expect(asked).toHaveBeenCalled());
  expect(screen.getByText(/erreur imprévue/)).toBeTruthy();
  answer(json(installation));
  expect(await screen.findByRole("heading", { name: "Connexion" })).toBeTruthy();
});
