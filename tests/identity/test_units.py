"""The tree of units: made, moved, merged, seen from where one stands; and who belongs where."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.identity.conftest import Client, MakePerson, OpenBrowser

UNITS = "/api/admin/units"
MakeUnit = Callable[..., Awaitable[str]]


@pytest.fixture
def unit(administrator: Client) -> MakeUnit:
    async def make(code: str, parent: str | None = None, **more: Any) -> str:
        body = {"code": code, "name": more.pop("name", f"Unité {code}"), "parent_id": parent, **more}
        made = await administrator.call("POST", UNITS, body)
        assert made.status == 201, made.body
        return made.body["id"]

    return make


async def listed(client: Client, **query: str) -> list[str]:
    answer = await client.call("GET", UNITS, params=query)
    assert answer.status == 200, answer.body
    return [item["code"] for item in answer.body["items"]]


async def role_id(administrator: Client, code: str) -> str:
    roles = (await administrator.call("GET", "/api/admin/roles")).body["items"]
    return next(role["id"] for role in roles if role["code"] == code)


async def delegate(administrator: Client, person: UUID, role: str, unit: str | None) -> None:
    body = {"role_id": await role_id(administrator, role), "unit_id": unit}
    given = await administrator.call("POST", f"/api/admin/persons/{person}/roles", body)
    assert given.status == 201, given.body


async def test_a_tree_is_made_and_read_level_by_level(administrator: Client, unit: MakeUnit) -> None:
    ministry = await unit("MIN", name="Ministère", kind="ministère")
    north = await unit("MIN/N", ministry, name="Direction du Nord")
    await unit("MIN/N/1", north, name="Bureau de l’Évaluation")
    assert await listed(administrator) == ["MIN"]
    assert await listed(administrator, parent=ministry) == ["MIN/N"]
    assert await listed(administrator, q="evaluation") == ["MIN/N/1"]
    assert await listed(administrator, q="min/n") == ["MIN/N/1", "MIN/N"]
    found = (await administrator.call("GET", UNITS, params={"q": "Évaluation bureau"})).body["items"][0]
    assert found["path"] == ["Ministère", "Direction du Nord", "Bureau de l’Évaluation"]
    assert "units.manage" in found["rights"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"code": "MIN", "name": "Autre"}, 409, "unit_code_taken"),
        ({"code": "a b", "name": "Autre"}, 422, "unit_code_invalid"),
        ({"code": "x" * 65, "name": "Autre"}, 422, "unit_code_invalid"),
        ({"code": "X", "name": "\u202e"}, 422, "unit_name_invalid"),
        ({"code": "X", "name": "n" * 201}, 422, "unit_name_invalid"),
        ({"code": "X", "name": "Nom", "parent_id": str(uuid4())}, 404, "unit_not_found"),
        ({"code": "X", "name": "Nom", "path": []}, 422, "invalid_request"),
        ({"code": "X", "name": "Nom", "closed_at": None}, 422, "invalid_request"),
    ],
)
async def test_what_is_not_a_unit_is_refused(
    body: Any, status: int, code: str, administrator: Client, unit: MakeUnit
) -> None:
    await unit("MIN")
    answer = await administrator.call("POST", UNITS, body)
    assert (answer.status, answer.body["code"]) == (status, code)
    assert await listed(administrator) == ["MIN"]


async def test_moving_takes_everything_under_along(administrator: Client, unit: MakeUnit, sql: Any) -> None:
    a, b = await unit("A"), await unit("B")
    below = await unit("A1", a)
    deepest = await unit("A11", below)
    moved = await administrator.call("POST", f"{UNITS}/{below}/move", {"parent_id": b})
    assert (moved.status, moved.body["path"]) == (200, ["Unité B", "Unité A1"])
    [row] = await sql("SELECT path::text[] FROM units WHERE code = 'A11'")
    assert row["path"] == [b, below, deepest]
    for target in (below, deepest):
        answer = await administrator.call("POST", f"{UNITS}/{below}/move", {"parent_id": target})
        assert (answer.status, answer.body["code"]) == (409, "unit_cycle")
    rooted = await administrator.call("POST", f"{UNITS}/{below}/move", {"parent_id": None})
    assert rooted.body["path"] == ["Unité A1"]
    assert sorted(await listed(administrator)) == ["A", "A1", "B"]


async def test_two_moves_at_once_make_no_circle(administrator: Client, unit: MakeUnit, sql: Any) -> None:
    for turn in range(5):
        a, b = await unit(f"A{turn}"), await unit(f"B{turn}")
        answers = await asyncio.gather(
            administrator.call("POST", f"{UNITS}/{a}/move", {"parent_id": b}),
            administrator.call("POST", f"{UNITS}/{b}/move", {"parent_id": a}),
        )
        assert sorted(answer.status for answer in answers) == [200, 409]
    wrong = "SELECT 1 AS one FROM units u JOIN units p ON p.id = u.parent_id WHERE u.path <> p.path || u.id"
    assert await sql(wrong) == []


async def test_the_tree_has_a_bottom(administrator: Client, unit: MakeUnit) -> None:
    parent = None
    for level in range(20):
        parent = await unit(f"L{level}", parent)
    answer = await administrator.call("POST", UNITS, {"code": "L20", "name": "Vingt et un", "parent_id": parent})
    assert (answer.status, answer.body["code"]) == (409, "unit_too_deep")
    two = await unit("D0")
    await unit("D1", two)
    moved = await administrator.call("POST", f"{UNITS}/{two}/move", {"parent_id": parent})
    assert (moved.status, moved.body["code"]) == (409, "unit_too_deep")


async def test_merging_loses_nothing(administrator: Client, unit: MakeUnit, person: MakePerson, sql: Any) -> None:
    gone, into = await unit("OLD"), await unit("NEW")
    await unit("OLD/1", gone)
    both = await person("both@chatelet.fr", "Aux Deux")
    only = await person("only@chatelet.fr", "Au Premier")
    for who, where, main in ((both, into, False), (both, gone, True), (only, gone, True)):
        body = {"unit_id": where, "is_main": main}
        assert (await administrator.call("POST", f"/api/admin/persons/{who}/units", body)).status == 201
    for who, where in ((both, gone), (both, into), (only, gone)):
        await delegate(administrator, who, "referent", where)
    merged = await administrator.call("POST", f"{UNITS}/{gone}/merge", {"into_id": into})
    assert (merged.status, merged.body["persons"], merged.body["units"]) == (200, 2, 1)
    for who in (both, only):
        lines = (await administrator.call("GET", f"/api/admin/persons/{who}/units")).body["items"]
        assert [(line["code"], line["is_main"]) for line in lines] == [("NEW", True)]
        held = (await administrator.call("GET", f"/api/admin/persons/{who}/roles")).body["items"]
        assert [grant["unit"]["id"] for grant in held] == [into]
    again = await administrator.call("PATCH", f"{UNITS}/{gone}", {"name": "Fantôme"})
    assert (again.status, again.body["code"]) == (409, "unit_closed")
    assert await listed(administrator) == ["NEW"]
    assert len(await sql("SELECT id FROM journal_events WHERE name = 'unit.merged'")) == 1


async def test_a_unit_is_not_merged_into_its_own(administrator: Client, unit: MakeUnit) -> None:
    above = await unit("A")
    below = await unit("A1", above)
    answer = await administrator.call("POST", f"{UNITS}/{above}/merge", {"into_id": below})
    assert (answer.status, answer.body["code"]) == (409, "unit_cycle")
    assert (await administrator.call("POST", f"{UNITS}/{below}/merge", {"into_id": above})).status == 200


async def test_only_an_empty_unit_is_deleted(administrator: Client, unit: MakeUnit, person: MakePerson) -> None:
    above = await unit("A")
    below = await unit("A1", above)
    refused = await administrator.call("DELETE", f"{UNITS}/{above}")
    assert (refused.status, refused.body["code"]) == (409, "unit_not_empty")
    who = await person()
    await administrator.call("POST", f"/api/admin/persons/{who}/units", {"unit_id": below})
    assert (await administrator.call("DELETE", f"{UNITS}/{below}")).status == 409
    assert (await administrator.call("DELETE", f"/api/admin/persons/{who}/units/{below}")).status == 204
    assert (await administrator.call("DELETE", f"/api/admin/persons/{who}/units/{below}")).status == 404
    for identifier in (below, above):
        assert (await administrator.call("DELETE", f"{UNITS}/{identifier}")).status == 204
    assert await listed(administrator) == []


async def test_a_delegated_administrator_stays_at_home(
    administrator: Client, unit: MakeUnit, person: MakePerson, browser: OpenBrowser
) -> None:
    """TA-030: with the right identifiers of the neighbour, nothing is seen and nothing is done."""
    root = await unit("R")
    north, south = await unit("N", root), await unit("S", root)
    below, other = await unit("N1", north), await unit("S1", south)
    chief = await person("chief@chatelet.fr", "Cheffe du Nord")
    here, there = await person("here@chatelet.fr", "Au Nord"), await person("there@chatelet.fr", "Au Sud")
    for who, where in ((chief, north), (here, below), (there, other)):
        await administrator.call("POST", f"/api/admin/persons/{who}/units", {"unit_id": where})
    await delegate(administrator, chief, "administrator", north)
    client = browser()
    assert (await client.sign_in("chief@chatelet.fr")).status == 201

    assert await listed(client) == ["R"]  # her own line upwards, by name
    assert await listed(client, parent=root) == ["N"]
    assert await listed(client, parent=south) == []
    assert await listed(client, q="S1") == []
    found = (await client.call("GET", "/api/admin/persons")).body["items"]
    assert {item["name"] for item in found} == {"Cheffe du Nord", "Au Nord"}

    refused = [
        await client.call("POST", UNITS, {"code": "X", "name": "X", "parent_id": south}),
        await client.call("PATCH", f"{UNITS}/{other}", {"name": "Pris"}),
        await client.call("POST", f"{UNITS}/{other}/move", {"parent_id": north}),
        await client.call("POST", f"{UNITS}/{below}/merge", {"into_id": other}),
        await client.call("DELETE", f"{UNITS}/{other}"),
        await client.call("PATCH", f"/api/admin/persons/{there}", {"state": "disabled"}),
        await client.call("GET", f"/api/admin/persons/{there}/units"),
        await client.call("GET", f"/api/admin/persons/{there}/roles"),
        await client.call("POST", f"/api/admin/persons/{here}/units", {"unit_id": other}),
    ]
    assert [answer.status for answer in refused] == [404] * 9
    forbidden = [
        await client.call("POST", UNITS, {"code": "X", "name": "X", "parent_id": root}),
        await client.call("POST", UNITS, {"code": "X", "name": "X"}),
        await client.call("PATCH", f"{UNITS}/{root}", {"name": "Pris"}),
        await client.call("POST", f"{UNITS}/{north}/move", {"parent_id": None}),
        await client.call("DELETE", f"{UNITS}/{north}"),
        await client.call("PATCH", f"/api/admin/persons/{here}", {"is_administrator": True}),
    ]
    assert [(answer.status, answer.body["code"]) for answer in forbidden] == [(403, "forbidden")] * 6
    assert forbidden[0].body["params"]["right"] == "units.manage"
    assert (await client.call("POST", UNITS, {"code": "N2", "name": "Neuf", "parent_id": north})).status == 201
    assert (await client.call("PATCH", f"/api/admin/persons/{here}", {"state": "disabled"})).status == 200


async def test_the_last_main_unit_gone_another_takes_its_place(
    administrator: Client, unit: MakeUnit, person: MakePerson
) -> None:
    first, second, who = await unit("A"), await unit("B"), await person()
    path = f"/api/admin/persons/{who}/units"
    for where in (first, second):
        await administrator.call("POST", path, {"unit_id": where})
    lines = (await administrator.call("GET", path)).body["items"]
    assert [(line["code"], line["is_main"]) for line in lines] == [("B", True), ("A", False)]
    await administrator.call("DELETE", f"{path}/{second}")
    lines = (await administrator.call("GET", path)).body["items"]
    assert [(line["code"], line["is_main"]) for line in lines] == [("A", True)]
    found = (await administrator.call("GET", "/api/admin/persons", params={"q": "Émilie"})).body["items"]
    assert found[0]["unit"] == {"id": first, "name": "Unité A"}


async def test_persons_are_listed_by_unit_and_state(administrator: Client, unit: MakeUnit, person: MakePerson) -> None:
    root = await unit("R")
    below, beside = await unit("R1", root), await unit("R2", root)
    here, there = await person("here@chatelet.fr", "Ici"), await person("there@chatelet.fr", "Là")
    for who, where in ((here, below), (there, beside)):
        await administrator.call("POST", f"/api/admin/persons/{who}/units", {"unit_id": where})
    await administrator.call("PATCH", f"/api/admin/persons/{there}", {"state": "disabled"})

    async def names(**query: str) -> list[str]:
        answer = await administrator.call("GET", "/api/admin/persons", params=query)
        return [item["name"] for item in answer.body["items"]]

    assert await names(unit=root) == ["Ici", "Là"]
    assert await names(unit=below) == ["Ici"]
    assert await names(unit=root, state="disabled") == ["Là"]
    assert await names(unit=root, q="ic") == ["Ici"]
    assert await names(unit=str(uuid4())) == []
    assert (await administrator.call("GET", "/api/admin/persons", params={"state": "gone"})).status == 422


async def test_nobody_takes_a_person_from_a_unit_that_is_not_theirs(
    administrator: Client, unit: MakeUnit, person: MakePerson, browser: OpenBrowser
) -> None:
    """TA-030, TA-034: who is in two units is managed where their main one is, and its name is told nowhere else."""
    root = await unit("R")
    north, south = await unit("N", root, name="Nord"), await unit("S", root, name="Sud secret")
    chief, both = await person("chief@chatelet.fr", "Cheffe"), await person("both@chatelet.fr", "Aux Deux")
    path = f"/api/admin/persons/{both}/units"
    await administrator.call("POST", f"/api/admin/persons/{chief}/units", {"unit_id": north})
    await administrator.call("POST", path, {"unit_id": south})
    await administrator.call("POST", path, {"unit_id": north, "is_main": False})
    await delegate(administrator, both, "referent", south)
    await delegate(administrator, chief, "administrator", north)
    client = browser()
    await client.sign_in("chief@chatelet.fr")

    seen = [
        await client.call("GET", path),
        await client.call("GET", f"/api/admin/persons/{both}/roles"),
        await client.call("GET", "/api/admin/persons"),
        await client.call("GET", f"/api/admin/persons/{both}"),
        await client.call("GET", "/api/admin/persons.csv"),
    ]
    assert [answer.status for answer in seen] == [200] * 5
    for answer in seen:
        assert b"Sud secret" not in answer.raw
        assert south.encode() not in answer.raw
    refused = await client.call("POST", path, {"unit_id": north, "is_main": True})
    assert (refused.status, refused.body["params"]) == (403, {"right": "persons.manage"})
    below = (await client.call("POST", UNITS, {"code": "N1", "name": "Bureau", "parent_id": north})).body["id"]
    assert (await client.call("POST", path, {"unit_id": below, "is_main": True})).status == 201
    lines = (await administrator.call("GET", path)).body["items"]
    assert [(line["code"], line["is_main"]) for line in lines if line["is_main"]] == [("S", True)]
    assert (await client.call("PATCH", f"/api/admin/persons/{both}", {"state": "disabled"})).status == 403
