import { afterEach, describe, expect, test, vi } from "vitest";
import { carryOut } from "#/api/bulk";
import type { ListedPerson } from "#/api/types";
import { countOf, opposite, plan, report, toDo } from "./bulk";
import { readFilters, wanted } from "./filters";

function someone(id: string, state: ListedPerson["state"] = "active"): ListedPerson {
  return {
    id,
    state,
    name: id,
    email: null,
    language: "fr",
    is_administrator: false,
    last_seen_at: null,
    unit: null,
    roles: [],
  };
}

const PERSONS = [someone("me"), someone("ada"), someone("gone", "disabled")];

describe("a change for several", () => {
  test("leaves out oneself and whoever is already so", () => {
    expect(toDo(plan("disable", PERSONS, "me"))).toEqual(["ada"]);
    expect(toDo(plan("enable", PERSONS, "me"))).toEqual(["gone"]);
    expect(toDo(plan("give", PERSONS, "me"))).toEqual(["ada", "gone"]);
    expect(toDo(plan("place", PERSONS, "me"))).toEqual(["me", "ada", "gone"]);
  });

  test("is told line by line, refusals first", () => {
    const lines = plan("disable", [...PERSONS, someone("boss"), someone("last")], "me");
    const error = new Error("forbidden");
    const told = report(lines, [
      { person: "ada", error: null },
      { person: "boss", error },
    ]);
    expect(told.map(({ person, result }) => `${person.id} ${result}`)).toEqual([
      "boss refused",
      "last untried",
      "me self",
      "gone already",
      "ada done",
    ]);
    expect(told[0]?.error).toBe(error);
    expect(countOf(told, "done")).toBe(1);
  });

  test("is undone only where undoing is the same for all", () => {
    expect(opposite({ kind: "disable" })).toEqual({ kind: "enable" });
    expect(opposite({ kind: "enable" })).toEqual({ kind: "disable" });
    expect(opposite({ kind: "takeOut", unit_id: "u" })).toBeNull();
  });
});

describe("carrying it out", () => {
  afterEach(() => vi.unstubAllGlobals());

  /** A server that answers each call in turn; null: it is away. */
  function answering(...answers: (readonly [status: number, code?: string] | null)[]) {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (url: string, { method, body }: RequestInit) => {
      asked.push(`${method} ${url} ${body ?? ""}`.trim());
      const [status, code] = answers[asked.length - 1] ?? fail();
      return new Response(status === 204 ? null : JSON.stringify(code ? { code } : {}), { status });
    });
    return asked;
  }

  function fail(): never {
    throw new TypeError("away");
  }

  async function run(change: Parameters<typeof carryOut>[0]["change"], persons: readonly string[]) {
    const outcomes: string[] = [];
    const onOutcome = ({ person, error }: { person: string; error: unknown }) =>
      outcomes.push(`${person} ${error === null ? "done" : error}`);
    await carryOut({ change, persons, onOutcome, signal: new AbortController().signal });
    return outcomes;
  }

  test("a refusal stops nobody else", async () => {
    const asked = answering([200], [403, "forbidden"], [200]);
    expect(await run({ kind: "disable" }, ["a", "b", "c"])).toEqual(["a done", "b ApiError: forbidden", "c done"]);
    expect(asked[0]).toBe('PATCH /api/admin/persons/a {"state":"disabled"}');
  });

  test("a server that is away stops the work", async () => {
    const asked = answering([204], null);
    const told = await run({ kind: "takeOut", unit_id: "u" }, ["a", "b", "c"]);
    expect(told).toEqual(["a done", "b ApiError: server_unreachable"]);
    expect(asked).toEqual(["DELETE /api/admin/persons/a/units/u", "DELETE /api/admin/persons/b/units/u"]);
  });

  test("each change is the call it says", async () => {
    const asked = answering([201], [201]);
    await run({ kind: "place", unit_id: "u", is_main: false }, ["a"]);
    await run({ kind: "give", role_id: "r", unit_id: null, expires_at: null }, ["a"]);
    expect(asked).toEqual([
      'POST /api/admin/persons/a/units {"unit_id":"u","is_main":false}',
      'POST /api/admin/persons/a/roles {"role_id":"r","unit_id":null,"expires_at":null}',
    ]);
  });

  test("nothing more is asked once it is stopped", async () => {
    const asked = answering([200], [200]);
    const stopping = new AbortController();
    const onOutcome = () => stopping.abort();
    await carryOut({ change: { kind: "enable" }, persons: ["a", "b"], onOutcome, signal: stopping.signal });
    expect(asked).toHaveLength(1);
  });
});

describe("the filters of the address", () => {
  const unit = "0192f0c0-0000-7000-8000-000000000001";

  test("are read as written, and nothing else", () => {
    expect(readFilters({ q: "ada", unit, state: "disabled", other: 1 })).toEqual({ q: "ada", unit, state: "disabled" });
    expect(readFilters({ role: unit })).toEqual({ role: unit });
    expect(readFilters({ role: "administrator" })).toEqual({});
    expect(wanted({ role: unit }).role).toBe(unit);
    expect(readFilters({ q: 1310, unit: "../x", state: "erased" })).toEqual({ q: "1310" });
    expect(readFilters({ q: { $ne: 1 }, unit: null })).toEqual({});
    expect(readFilters({ order: "-last_seen" })).toEqual({ order: "-last_seen" });
    for (const order of ["name", "password", "--name", 3]) expect(readFilters({ order })).toEqual({});
  });

  test("say what to ask for", () => {
    expect(wanted({})).toEqual({ words: "", unit: null, state: null });
    expect(wanted({ order: "-unit" }).order).toBe("-unit");
    expect(wanted({ q: "ada", unit, state: "active" })).toEqual({ words: "ada", unit, state: "active" });
  });
});
