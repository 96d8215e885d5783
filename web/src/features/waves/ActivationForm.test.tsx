/** What a link or a code leads to: a password, one's own account, or the way to sign in first. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { json, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { ActivationForm } from "./ActivationForm";

const server = scriptedServer();
const AGORA = { kind: "openid", code: "agora", name_fr: "Agora", name_en: "Agora" };
const ADA = { person: { name: "Ada Lovelace", email: "a.lovelace@exemple.fr" } };

function open(token: string | null, local_sign_in: boolean, session: object | null = null) {
  const onDone = vi.fn();
  const installation = { name: "Châtelet", version: "1", languages: ["fr"], needs_first_administrator: false };
  render(<ActivationForm token={token} onDone={onDone} />, {
    server: [
      [["installation"], { ...installation, providers: [AGORA], local_sign_in }],
      [["session", "current"], session],
    ],
  });
  return onDone;
}

const password = () => screen.queryByLabelText("Mot de passe");
const title = (name: string) => screen.queryByRole("heading", { name });

test("a link asks for a password where local accounts are open", () => {
  open("jeton", true);
  expect(password()).not.toBeNull();
});

test.each([
  ["a link", "jeton", /rouvrez le lien de votre message/],
  ["a code", null, /rouvrez la page de votre invitation/],
])("where accounts come from providers, %s asks to sign in first", (_, token, words) => {
  open(token, false);
  expect(title("Connectez-vous d’abord")).not.toBeNull();
  expect(screen.getByText(words)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Se connecter avec Agora" })).toBeTruthy();
  expect(password()).toBeNull();
});

test("whoever is signed in uses the link for their own account", async () => {
  server.paths["/api/activations/current"] = json(null);
  const onDone = open("jeton", false, ADA);
  expect(screen.getByText(/pour votre compte \(Ada Lovelace\)/)).toBeTruthy();
  expect(password()).toBeNull();
  await userEvent.setup().click(screen.getByRole("button", { name: "Ouvrir mon compte" }));
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
  expect(server.requests.find(({ path }) => path === "/api/activations/current")?.body).toEqual({ token: "jeton" });
});

test("whoever is signed in gives their code, or asks for a link to the address of their registration", async () => {
  server.paths["/api/registration"] = json({ open: true, mail: true, domains: [] });
  server.paths["/api/activations/links"] = json(null);
  open(null, false, ADA);
  expect(screen.getByLabelText("Code d’activation")).toBeTruthy();
  expect(password()).toBeNull();
  const user = userEvent.setup();
  const email = await screen.findByLabelText("Adresse électronique");
  expect(email).toHaveProperty("value", "a.lovelace@exemple.fr");
  await user.clear(email);
  await user.type(email, "ada@exemple.fr");
  await user.click(screen.getByRole("button", { name: "Recevoir un lien" }));
  expect(await screen.findByText(/un lien vient d’être envoyé/)).toBeTruthy();
  const asked = server.requests.find(({ path }) => path === "/api/activations/links");
  expect(asked?.body).toEqual({ email: "ada@exemple.fr" });
});
