"""One act on all persons that filters find: shown, confirmed, done by a job, undone; rights checked for each of them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from chatelet.identity.acts import running
from chatelet.kernel.database import Database
from tests.identity.conftest import Answer, Client, MakePerson, OpenBrowser

ACTS = "/api/admin/person-acts"
Preview = Callable[..., Awaitable[dict[str, Any]]]
_CROWD = """
INSERT INTO persons (id, email, name, language, state, issuer, subject, sort_name, search_vector, created_at)
SELECT gen_random_uuid(), 'p' || n || '@foule.fr', 'Personne ' || n, 'fr', 'active', 'local', gen_random_uuid()::text,
       'personne ' || lpad(n::text, 6, '0'), array_to_tsvector(ARRAY['personne', n::text, 'p' || n, 'foule', 'fr']), now()
FROM generate_series(1, :count) AS n
"""


@pytest.fixture
async def tree(sql: Any) -> dict[str, UUID]:
    """Two neighbouring units."""
    made = {name: uuid4() for name in ("north", "south")}
    for name, unit in made.items():
        await sql(
            "INSERT INTO units (id, path, code, name, sort_name, kind, created_at)"
            " VALUES (:id, ARRAY[:id]::uuid[], :code, :code, :code, '', now())",
            id=unit, code=name,
        )  # fmt: skip
    return made


@pytest.fixture
async def crowd(sql: Any, tree: dict[str, UUID]) -> int:
    """2,000 persons, most of them in the north, some in the south."""
    await sql(_CROWD, count=2000)
    await sql(
        "INSERT INTO memberships (person_id, unit_id, is_main, source, created_at)"
        " SELECT id, CASE WHEN row_number() OVER (ORDER BY sort_name) <= 1800 THEN CAST(:north AS uuid)"
        " ELSE CAST(:south AS uuid) END, true, 'import', now() FROM persons WHERE email LIKE '%@foule.fr'",
        **tree,
    )
    return 2000


@pytest.fixture
async def roles(sql: Any) -> dict[str, str]:
    return {row["code"]: str(row["id"]) for row in await sql("SELECT id, code FROM roles")}


async def asked(client: Client, act: dict[str, Any], **filters: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what was asked for, and its preview."""
    body = {"filter": filters, "act": act}
    answer = await client.call("POST", f"{ACTS}/preview", body)
    assert answer.status == 200, answer.body
    return body, answer.body


async def act(client: Client, database: Database, act: dict[str, Any], **filters: Any) -> dict[str, Any]:
    """Preview, confirm, let the job run; return the act as it ended."""
    body, seen = await asked(client, act, **filters)
    made = await client.call("POST", ACTS, {**body, "seen": seen["seen"]})
    assert (made.status, made.body["total"]) == (202, seen["count"]), made.body
    await running.run(database, {"act": made.body["id"]})
    return (await client.call("GET", f"{ACTS}/{made.body['id']}")).body


async def undone(client: Client, database: Database, act_id: str, by: str | None = None) -> dict[str, Any]:
    answer = await client.call("POST", f"{ACTS}/{act_id}/undo")
    assert (answer.status, answer.body["state"]) == (202, "undoing"), answer.body
    await running.run(database, {"act": act_id, **({"by": by} if by else {})})
    return (await client.call("GET", f"{ACTS}/{act_id}")).body


def left(preview: dict[str, Any]) -> dict[str, int]:
    return {one["reason"]: one["count"] for one in preview["left_out"]}


async def test_two_thousand_are_disabled_and_enabled_again(
    crowd: int, administrator: Client, database: Database, sql: Any
) -> None:
    await sql("UPDATE persons SET state = 'disabled' WHERE email IN ('p1@foule.fr', 'p2@foule.fr')")
    _, seen = await asked(administrator, {"kind": "disable"})
    assert (seen["count"], left(seen)) == (crowd - 2, {"already": 2, "self": 1})
    assert [one["name"] for one in seen["sample"][:2]] == ["Personne 3", "Personne 4"]
    assert [one["name"] for one in seen["left_out"][0]["sample"]] == ["Personne 1", "Personne 2"]
    ended = await act(administrator, database, {"kind": "disable"})
    assert (ended["state"], ended["done"], ended["refused"]) == ("done", crowd - 2, 0)
    assert ended["left_out"] == {"already": 2, "self": 1}
    [row] = await sql("SELECT count(*) AS n FROM persons WHERE state = 'disabled'")
    assert row["n"] == crowd
    back = await undone(administrator, database, ended["id"])
    assert (back["state"], back["undone"], back["kept"], back["undoable"]) == ("undone", crowd - 2, 0, False)
    still = await sql("SELECT email FROM persons WHERE state = 'disabled' ORDER BY email")
    assert [one["email"] for one in still] == ["p1@foule.fr", "p2@foule.fr"], "those left out were not touched"
    counts = await sql(
        "SELECT name, count(*) AS n FROM journal_events WHERE name IN ('person.disabled', 'person.enabled')"
        " GROUP BY name ORDER BY name"
    )
    assert [(one["name"], one["n"]) for one in counts] == [("person.disabled", 1998), ("person.enabled", 1998)]
    told = await sql(
        "SELECT data::jsonb->>'phase' AS phase FROM journal_events WHERE name = 'persons.acted' ORDER BY id"
    )
    assert [one["phase"] for one in told] == ["asked", "done", "undo_asked", "undone"]


async def test_filters_say_who(crowd: int, administrator: Client, tree: dict[str, UUID], roles: Any, sql: Any) -> None:
    await sql(
        "INSERT INTO grants (id, person_id, role_id, source, created_at)"
        " SELECT gen_random_uuid(), id, CAST(:role AS uuid), 'page', now() FROM persons WHERE email LIKE 'p7__@foule.fr'",
        role=roles["auditor"],
    )
    for filters, count in (
        ({"q": "personne 1999"}, 1),
        ({"unit_id": str(tree["south"])}, 200),
        ({"role_id": roles["auditor"]}, 100),
        ({"role_id": roles["auditor"], "unit_id": str(tree["south"])}, 0),
        ({"state": "disabled"}, 0),
    ):
        _, seen = await asked(administrator, {"kind": "disable"}, **filters)
        assert seen["count"] == count, filters
    listed = await administrator.call("GET", "/api/admin/persons", params={"role": roles["auditor"], "limit": "100"})
    assert len(listed.body["items"]) == 100


async def test_those_ticked_are_acted_on_and_nobody_else(
    crowd: int, administrator: Client, browser: OpenBrowser, person: MakePerson, tree: dict[str, UUID],
    roles: dict[str, str], database: Database, sql: Any,
) -> None:  # fmt: skip
    rows = await sql("SELECT id, email FROM persons WHERE email IN ('p1@foule.fr', 'p2@foule.fr', 'p1999@foule.fr')")
    of = {row["email"]: str(row["id"]) for row in rows}
    [me] = await sql("SELECT id FROM persons WHERE email = 'admin@chatelet.fr'")
    ticked = [*of.values(), of["p1@foule.fr"], str(me["id"])]
    _, seen = await asked(administrator, {"kind": "disable"}, ids=ticked)
    assert (seen["count"], left(seen)) == (3, {"self": 1}), "ticked twice, acted on once"
    south = str(tree["south"])
    ended = await act(administrator, database, {"kind": "place", "unit_id": south, "is_main": False}, ids=ticked)
    assert (ended["done"], ended["left_out"]) == (3, {"already": 1})
    assert (ended["unit"], ended["role"]) == ({"id": south, "name": "south"}, None)
    # A delegate ticks somebody of elsewhere, whose identifier they know: nobody is found, nobody is told of (TA-034).
    delegate = await _referent(administrator, browser, person, roles, tree["north"], "administrator")
    _, seen = await asked(delegate, {"kind": "disable"}, ids=[of["p1999@foule.fr"], of["p2@foule.fr"]])
    assert (seen["count"], left(seen)) == (1, {})
    assert (await act(delegate, database, {"kind": "disable"}, ids=list(of.values())))["done"] == 2
    disabled = await sql("SELECT email FROM persons WHERE state = 'disabled' ORDER BY email")
    assert [row["email"] for row in disabled] == ["p1@foule.fr", "p2@foule.fr"]


async def test_others_than_those_seen_are_not_acted_on(
    crowd: int, administrator: Client, tree: dict[str, UUID], sql: Any
) -> None:
    body, seen = await asked(administrator, {"kind": "disable"}, unit_id=str(tree["south"]))
    # As many as before, yet not the same.
    await sql(
        "UPDATE memberships SET unit_id = :north WHERE person_id = (SELECT id FROM persons WHERE email = 'p2000@foule.fr')",
        north=tree["north"],
    )
    await sql(
        "UPDATE memberships SET unit_id = :south WHERE person_id = (SELECT id FROM persons WHERE email = 'p1@foule.fr')",
        south=tree["south"],
    )
    refused = await administrator.call("POST", ACTS, {**body, "seen": seen["seen"]})
    assert (refused.status, refused.body["code"], refused.body["params"]) == (409, "person_act_changed", {"count": 200})
    assert (await sql("SELECT count(*) AS n FROM person_acts"))[0]["n"] == 0
    _, nobody = await asked(administrator, {"kind": "enable"}, unit_id=str(tree["south"]))
    empty = {"filter": {"unit_id": str(tree["south"])}, "act": {"kind": "enable"}, "seen": nobody["seen"]}
    assert (await administrator.call("POST", ACTS, empty)).body["code"] == "person_act_empty"


async def _referent(
    administrator: Client, browser: OpenBrowser, person: MakePerson, roles: dict[str, str], unit: UUID, role: str
) -> Client:
    who = await person("referente@chatelet.fr", "Marie Référente")
    given = await administrator.call(
        "POST", f"/api/admin/persons/{who}/roles", {"role_id": roles[role], "unit_id": str(unit)}
    )
    assert given.status == 201, given.body
    client = browser()
    await client.sign_in("referente@chatelet.fr")
    return client


async def test_a_delegate_acts_where_they_hold_the_right_and_on_nobody_who_holds_more(
    crowd: int, administrator: Client, browser: OpenBrowser, person: MakePerson, tree: dict[str, UUID],
    roles: dict[str, str], database: Database, sql: Any,
) -> None:  # fmt: skip
    """The set says what the verb on one person says, person by person."""
    for email in ("p10@foule.fr", "p11@foule.fr"):
        await sql(
            "INSERT INTO grants (id, person_id, role_id, source, created_at) SELECT gen_random_uuid(), id,"
            " CAST(:role AS uuid), 'page', now() FROM persons WHERE email = :email",
            role=roles["auditor"], email=email,
        )  # fmt: skip
    # Belongs to the north too, but their account is the south's.
    await sql(
        "INSERT INTO memberships (person_id, unit_id, is_main, source, created_at)"
        " SELECT id, :north, false, 'page', now() FROM persons WHERE email = 'p2000@foule.fr'", north=tree["north"],
    )  # fmt: skip
    delegate = await _referent(administrator, browser, person, roles, tree["north"], "administrator")
    _, seen = await asked(delegate, {"kind": "disable"})
    assert (seen["count"], left(seen)) == (1798, {"holds_more": 2, "out_of_reach": 1, "self": 1})
    for email, status in (("p10@foule.fr", 403), ("p2000@foule.fr", 403), ("p12@foule.fr", 200)):
        [row] = await sql("SELECT id FROM persons WHERE email = :email", email=email)
        answer = await delegate.call("PATCH", f"/api/admin/persons/{row['id']}", {"state": "disabled"})
        assert answer.status == status, email
    ended = await act(delegate, database, {"kind": "disable"})
    assert (ended["done"], ended["left_out"]) == (1797, {"holds_more": 2, "out_of_reach": 1, "self": 1, "already": 1})
    untouched = await sql("SELECT count(*) AS n FROM persons p JOIN memberships m ON m.person_id = p.id AND m.is_main"
                          " WHERE m.unit_id = :south AND p.state = 'disabled'", south=tree["south"])  # fmt: skip
    assert untouched[0]["n"] == 0


async def test_rights_lost_meanwhile_end_the_act(
    crowd: int, administrator: Client, browser: OpenBrowser, person: MakePerson, tree: dict[str, UUID],
    roles: dict[str, str], database: Database, sql: Any, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    delegate = await _referent(administrator, browser, person, roles, tree["north"], "administrator")
    body, seen = await asked(delegate, {"kind": "place", "unit_id": str(tree["north"]), "is_main": False}, q="foule")
    assert (seen["count"], left(seen)) == (0, {"already": 1800})
    body, seen = await asked(delegate, {"kind": "disable"}, q="foule")
    made = await delegate.call("POST", ACTS, {**body, "seen": seen["seen"]})
    monkeypatch.setattr(running, "AT_ONCE", 300)
    assert await running._step(database, UUID(made.body["id"]), None)
    await sql("DELETE FROM grants WHERE person_id = (SELECT id FROM persons WHERE email = 'referente@chatelet.fr')")
    await running.run(database, {"act": made.body["id"]})
    [row] = await sql("SELECT state, error, done FROM person_acts")
    assert (row["state"], row["error"], row["done"]) == ("failed", "forbidden", 300)
    told = (await administrator.call("GET", f"{ACTS}/{made.body['id']}")).body
    assert (told["state"], told["undoable"]) == ("failed", True), "an administrator may still put it back"
    await sql("UPDATE persons SET state = 'disabled' WHERE email = 'referente@chatelet.fr'")
    [boss] = await sql("SELECT id FROM persons WHERE email = 'admin@chatelet.fr'")
    assert (await undone(administrator, database, made.body["id"], str(boss["id"])))["undone"] == 300


async def test_an_act_is_its_makers(
    crowd: int, administrator: Client, browser: OpenBrowser, person: MakePerson, tree: dict[str, UUID],
    roles: dict[str, str], database: Database,
) -> None:  # fmt: skip
    ended = await act(administrator, database, {"kind": "disable"}, q="personne 5")
    delegate = await _referent(administrator, browser, person, roles, tree["north"], "administrator")
    for method, path in (("GET", ""), ("POST", "/stop"), ("POST", "/undo")):
        refused = await delegate.call(method, f"{ACTS}/{ended['id']}{path}")
        assert (refused.status, refused.body["code"]) == (404, "person_act_not_found")
    assert (await delegate.call("GET", ACTS)).body == {"items": []}
    for unit, status in ((tree["north"], 200), (tree["south"], 404)):
        body = {"filter": {}, "act": {"kind": "place", "unit_id": str(unit)}}
        assert (await delegate.call("POST", f"{ACTS}/preview", body)).status == status
    everywhere = {"filter": {}, "act": {"kind": "give", "role_id": roles["administrator"]}}
    assert (await delegate.call("POST", f"{ACTS}/preview", everywhere)).body["code"] == "delegation_exceeded"


async def _state(sql: Any) -> list[str]:
    """All that acts may change, in words."""
    rows = await sql("SELECT person_id, unit_id, is_main, source, created_at FROM memberships ORDER BY 1, 2")
    grants = await sql(
        "SELECT person_id, role_id, unit_id, source, granted_by, created_at, expires_at FROM grants ORDER BY 1, 2, 3"
    )
    return [str(dict(row)) for row in (*rows, *grants)]


@pytest.mark.parametrize("kind", ["place", "beside", "take_out", "give", "withdraw"])
async def test_each_act_is_put_back_as_it_was(
    kind: str, crowd: int, administrator: Client, tree: dict[str, UUID], roles: dict[str, str], database: Database,
    sql: Any,
) -> None:  # fmt: skip
    """Some belonged already, some beside, some nowhere; some held the role by another way."""
    await sql("DELETE FROM memberships WHERE person_id IN (SELECT id FROM persons WHERE email LIKE 'p3__@foule.fr')")
    await sql(
        "INSERT INTO memberships (person_id, unit_id, is_main, source, created_at) SELECT id, :south, false, 'scim:a',"
        " now() FROM persons WHERE email LIKE 'p4__@foule.fr'", south=tree["south"],
    )  # fmt: skip
    await sql(
        "INSERT INTO grants (id, person_id, role_id, unit_id, source, created_at) SELECT gen_random_uuid(), id,"
        " CAST(:role AS uuid), :south, 'provider:a', now() FROM persons WHERE email LIKE 'p5__@foule.fr'",
        role=roles["referent"], south=tree["south"],
    )  # fmt: skip
    south = str(tree["south"])
    role = {"role_id": roles["referent"], "unit_id": south}
    asked_for, total = {
        "place": ({"kind": "place", "unit_id": south}, 1800),
        "beside": ({"kind": "place", "unit_id": south, "is_main": False}, 1700),
        "take_out": ({"kind": "take_out", "unit_id": south}, 300),
        "give": ({"kind": "give", **role}, 2000),
        "withdraw": ({"kind": "withdraw", **role}, 100),
    }[kind]
    before = await _state(sql)
    ended = await act(administrator, database, asked_for, q="foule")
    assert (ended["state"], ended["done"]) == ("done", total)
    after = await _state(sql)
    assert after != before
    mains = await sql("SELECT count(*) FILTER (WHERE is_main) AS n FROM memberships GROUP BY person_id")
    assert {row["n"] for row in mains} == {1}, "whoever belongs somewhere has one main unit"
    back = await undone(administrator, database, ended["id"])
    assert (back["undone"], back["kept"]) == (total, 0)
    assert await _state(sql) == before


async def test_what_somebody_changed_since_is_not_undone(
    crowd: int, administrator: Client, tree: dict[str, UUID], database: Database, sql: Any
) -> None:
    ended = await act(administrator, database, {"kind": "disable"}, q="personne 777")
    assert ended["done"] == 1
    await sql("UPDATE persons SET state = 'active' WHERE email = 'p777@foule.fr'")
    back = await undone(administrator, database, ended["id"])
    assert (back["undone"], back["kept"]) == (0, 1)
    assert [(one["name"], one["reason"]) for one in back["refusals"]] == [("Personne 777", "changed")]
    again = await administrator.call("POST", f"{ACTS}/{ended['id']}/undo")
    assert (again.status, again.body["code"]) == (409, "person_act_state")


async def test_it_stops_when_told_and_goes_on_after_a_death(
    crowd: int, administrator: Client, database: Database, sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 100)
    body, seen = await asked(administrator, {"kind": "disable"}, q="foule")
    made = (await administrator.call("POST", ACTS, {**body, "seen": seen["seen"]})).body
    act_id = UUID(made["id"])
    # Two processes at once: each batch is done once.
    await asyncio.gather(*(running._step(database, act_id, None) for _ in range(4)))
    told = (await administrator.call("GET", f"{ACTS}/{act_id}")).body
    assert (told["state"], told["done"]) == ("running", 400)
    stopped = await administrator.call("POST", f"{ACTS}/{act_id}/stop")
    assert stopped.status == 200
    await running.run(database, {"act": str(act_id)})
    phases = await sql(
        "SELECT data::jsonb->>'phase' AS phase FROM journal_events WHERE name = 'persons.acted' ORDER BY id"
    )
    assert [one["phase"] for one in phases] == ["asked", "stop_asked", "stopped"]
    told = (await administrator.call("GET", f"{ACTS}/{act_id}")).body
    assert (told["state"], told["done"], told["undoable"]) == ("stopped", 400, True)
    assert (await sql("SELECT count(*) AS n FROM journal_events WHERE name = 'person.disabled'"))[0]["n"] == 400
    assert (await administrator.call("POST", f"{ACTS}/{act_id}/stop")).status == 409
    assert (await undone(administrator, database, str(act_id)))["undone"] == 400


async def test_disabled_by_an_act_one_is_out_at_once(
    administrator: Client, browser: OpenBrowser, person: MakePerson, database: Database
) -> None:
    await person("emilie@chatelet.fr", "Émilie du Châtelet")
    emilie = browser()
    await emilie.sign_in("emilie@chatelet.fr")
    assert (await act(administrator, database, {"kind": "disable"}, q="emilie"))["done"] == 1
    assert (await emilie.call("GET", "/api/sessions/current")).status == 401


async def test_bodies_say_nothing_that_is_not_declared(administrator: Client) -> None:
    answers: list[Answer] = [
        await administrator.call("POST", f"{ACTS}/preview", body)
        for body in (
            {"filter": {}, "act": {"kind": "erase"}},
            {"filter": {}, "act": {"kind": "place"}},
            {"filter": {"sql": "1"}, "act": {"kind": "disable"}},
            {"filter": {"q": "x" * 201}, "act": {"kind": "disable"}},
            {"filter": {"ids": []}, "act": {"kind": "disable"}},
            {"filter": {"ids": ["admin@chatelet.fr"]}, "act": {"kind": "disable"}},
            {"filter": {"ids": [str(uuid4())] * 5001}, "act": {"kind": "disable"}},
            {"filter": {}, "act": {"kind": "disable", "made_by": str(uuid4())}},
        )
    ]
    assert {answer.status for answer in answers} == {422}


async def test_acts_are_forgotten_with_what_was_before(
    crowd: int, administrator: Client, database: Database, sql: Any
) -> None:
    from chatelet.identity.service import purge_expired

    await act(administrator, database, {"kind": "disable"}, q="personne 12")
    await sql("UPDATE person_acts SET created_at = now() - interval '8 days'")
    async with database.transaction() as session:
        await purge_expired(session)
    assert await sql("SELECT act_id FROM person_act_lines") == []
