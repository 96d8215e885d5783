/** Every way in is there, each works when another does not, and a refusal says what to do next. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { json, refusal, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { lastWay } from "./lastWay";
import { SignInWays } from "./SignInWays";

const server = scriptedServer();
const AGORA = { kind: "openid", code: "agora", name_fr: "Agora", name_en: "Agora EN" };
const DIRECTORY = { kind: "directory", code: "annuaire", name_fr: "l’annuaire", name_en: "the directory" };
const BUREAU = { kind: "openid", code: "bureau", name_fr: "le bureau", name_en: "the office" };

afterEach(() => vi.restoreAllMocks());

function open(providers: readonly object[], local_sign_in = true, props: Parameters<typeof SignInWays>[0] = {}) {
  const installation = { name: "Châtelet", version: "1", languages: ["fr"], needs_first_administrator: false };
  render(<SignInWays {...props} />, { server: [[["installation"], { ...installation, providers, local_sign_in }]] });
}

const form = () => screen.queryByRole("form", { name: "Connexion" });
const button = (name: string) => screen.getByRole("button", { name });

test("one button per provider, and the form beneath", () => {
  open([AGORA, BUREAU]);
  expect(button("Se connecter avec Agora")).toBeTruthy();
  expect(button("Se connecter avec le bureau")).toBeTruthy();
  expect(form()).not.toBeNull();
});

test("the form is hidden where it is closed; with nothing open at all, the page says so", () => {
  open([AGORA], false);
  expect(form()).toBeNull();
  open([], false);
  expect(screen.getByText(/Aucun moyen de connexion n’est ouvert/)).toBeTruthy();
});

test("a button begins at this address, and the browser goes to the provider", async () => {
  const left = vi.spyOn(window.location, "assign").mockReturnValue();
  window.history.replaceState(null, "", "/c/1");
  server.paths["/api/sign-in/agora"] = json({ address: "https://auth.example.org/authorize?state=s" });
  open([AGORA]);
  await userEvent.setup().click(button("Se connecter avec Agora"));
  await waitFor(() => expect(left).toHaveBeenCalledExactlyOnceWith("https://auth.example.org/authorize?state=s"));
  expect(server.requests.at(-1)?.body).toEqual({ return_to: "/c/1", language: "fr" });
  expect(lastWay()).toBe("agora");
  expect(button("Vous allez chez Agora…")).toBeTruthy();
});

test("a provider that is away is told, and the others still work", async () => {
  server.paths["/api/sign-in/agora"] = refusal(503, "sign_in_provider_unreachable");
  open([AGORA, BUREAU]);
  await userEvent.setup().click(button("Se connecter avec Agora"));
  expect((await screen.findByRole("alert")).textContent).toMatch(/ne répond pas. Rien n’est perdu/);
  expect(button("Se connecter avec Agora")).toBeTruthy();
  expect(button("Se connecter avec le bureau")).toBeTruthy();
  expect(form()).not.toBeNull();
});

test("a directory has its own form, which opens the session", async () => {
  const session = { person: { id: "1", name: "Ada" }, rights: [], rights_everywhere: [] };
  server.paths["/api/sign-in/annuaire/password"] = (response) => void response.writeHead(204).end();
  server.paths["/api/sessions/current"] = json(session);
  open([AGORA, DIRECTORY], false);
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("Identifiant (l’annuaire)"), "ada");
  await user.type(screen.getByLabelText("Mot de passe"), "comète");
  await user.click(button("Se connecter avec l’annuaire"));
  const sent = () => server.requests.findIndex(({ path }) => path === "/api/sign-in/annuaire/password");
  await waitFor(() =>
    expect(server.requests.slice(sent() + 1).map(({ path }) => path)).toContain("/api/sessions/current"),
  );
  expect(server.requests[sent()]?.body).toEqual({ name: "ada", password: "comète" });
  expect(lastWay()).toBeNull();
});

test("a directory that refuses says why beside its form", async () => {
  server.paths["/api/sign-in/annuaire/password"] = refusal(403, "sign_in_password_expired");
  open([DIRECTORY], false);
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("Identifiant (l’annuaire)"), "ada");
  await user.type(screen.getByLabelText("Mot de passe"), "vieux");
  await user.click(button("Se connecter avec l’annuaire"));
  expect((await screen.findByRole("alert")).textContent).toMatch(/a expiré dans l’annuaire/);
});

test("a refusal names the provider it came from", () => {
  open([AGORA], true, { refusal: { code: "sign_in_not_known", provider: "agora" } });
  expect(screen.getByRole("alert").textContent).toMatch(/Agora.*Votre compte n’a pas été préparé ici/);
});

test("a code that this page does not know is told all the same", () => {
  open([AGORA], true, { refusal: { code: "<b>x</b>", provider: "who" } });
  expect(screen.getByRole("alert").textContent).toMatch(/erreur imprévue/);
});
