/** A list is ordered by the head of its column, with the keyboard: the server is asked, and the head says the way. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import type { Directory, Provider } from "#/api/types";
import { QuotasAdministration } from "#/features/quotas/QuotasAdministration";
import { json, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { session } from "#/testing/samples";
import { KeysAdministration } from "./KeysAdministration";
import { InvitationsTable } from "./persons/InvitationsTable";
import { GroupsSection } from "./provisioning/GroupsSection";
import { TreeSection } from "./signIn/TreeSection";

const server = scriptedServer();
const SIGNED_IN = [
  [["session", "current"], { ...session, rights: [...session.rights, "quotas.manage"] }],
  [["models"], { items: [] }],
] as const;
const END = "2030-01-01T00:00:00Z";
const invitation = { id: "1", name: "Zoé", email: "z@a.fr", is_administrator: false, expires_at: END };
const group = { id: "1", name: "Zoologie", members: 2, unit: null, role_id: null };
const key = {
  ...{ id: "1", name: "Zoo", prefix: "x", models: null, routes: [], unit_name: "Optique", owner_name: "Ada" },
  ...{ owner_id: "p1", expires_at: END, revoked_at: null, last_used_at: null },
};
const quota = {
  ...{ id: "1", holder: "unit", unit_id: "u", unit_name: "Optique", person_id: null, person_name: null, key_id: null },
  ...{ model_id: null, measure: "requests", period: "day", amount: 9, mode: "hard", smaller_model: null, used: 0 },
};
const gone = { id: "1", name: "Zoé", email: null, subject: "zoe", reason: "no_longer_named" };
const directory = { id: "d", name: "Annuaire" } as unknown as Directory;
const provider = { id: "d", name_fr: "Annuaire", name_en: "Directory" } as unknown as Provider;

/** Draws a list that the server gives in any order asked of it. */
function draw(list: ReactNode, path: string, row: object, orders: readonly string[]) {
  for (const order of orders) {
    server.paths[`${path}?order=${order}`] = json({ items: [row], total: 1, next_cursor: null, longest_days: 90 });
  }
  render(list, { server: SIGNED_IN });
}

const head = (name: string) => screen.findByRole("columnheader", { name });

test.each([
  ["invitations", <InvitationsTable key="i" />, "/api/admin/invitations", invitation, "-end", "Nom", "name"],
  [
    "groups",
    <GroupsSection key="g" directory={directory} />,
    "/api/admin/directories/d/groups",
    group,
    "name",
    "Membres",
    "members",
  ],
  ["keys", <KeysAdministration key="k" />, "/api/admin/keys", key, "-made", "Titulaire", "owner"],
  ["quotas", <QuotasAdministration key="q" />, "/api/admin/quotas", quota, "holder", "Quantité", "amount"],
] as const)("%s", async (_, list, path, row, first, name, order) => {
  draw(list, path, row, [first, order, `-${order}`]);
  expect((await head(name)).getAttribute("aria-sort")).toBeNull();
  for (const [asked, way] of [
    [order, "ascending"],
    [`-${order}`, "descending"],
  ] as const) {
    screen.getByRole("button", { name }).focus();
    await userEvent.setup().keyboard("{Enter}");
    await waitFor(() => expect(server.requests.at(-1)?.path).toBe(`${path}?order=${asked}`));
    await waitFor(async () => expect((await head(name)).getAttribute("aria-sort")).toBe(way));
  }
});

test("who is gone from a directory is read when asked for, then ordered", async () => {
  const path = "/api/admin/sign-in-providers/d/directory/orphans";
  draw(<TreeSection provider={provider} />, path, gone, ["name", "reason"]);
  expect(server.requests).toEqual([]);
  await userEvent.setup().click(screen.getByRole("button", { name: "Comparer maintenant" }));
  expect((await head("Personne")).getAttribute("aria-sort")).toBe("ascending");
  await userEvent.setup().click(screen.getByRole("button", { name: "Raison" }));
  await waitFor(() =>
    expect(server.requests.map((one) => one.path)).toEqual([`${path}?order=name`, `${path}?order=reason`]),
  );
});
