"""The same is done by several ways (one person, those ticked, those found, a table): the right asked is one (TA-029)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from chatelet.identity.acts import running
from chatelet.kernel.database import Database
from tests.identity.conftest import Client, MakePerson, OpenBrowser

ACTS, TABLE = "/api/admin/person-acts", "/api/admin/imports/persons"


@dataclass(frozen=True)
class Somebody:
    """A person to act on, and what the act leads to."""

    person_id: UUID
    email: str
    north: str


Way = Callable[[Client, Database, str, Somebody], Awaitable[None]]


async def by_the_verb(client: Client, _database: Database, kind: str, whom: Somebody) -> None:
    path = f"/api/admin/persons/{whom.person_id}"
    if kind == "disable":
        await client.call("PATCH", path, {"state": "disabled"})
    else:
        await client.call("POST", f"{path}/units", {"unit_id": whom.north, "is_main": True})


async def by_an_act(client: Client, database: Database, kind: str, who: dict[str, Any], whom: Somebody) -> None:
    act = {"kind": "disable"} if kind == "disable" else {"kind": "place", "unit_id": whom.north, "is_main": True}
    asked = {"filter": who, "act": act}
    seen = await client.call("POST", f"{ACTS}/preview", asked)
    if seen.status == 200:
        made = await client.call("POST", ACTS, {**asked, "seen": seen.body["seen"]})
        if made.status == 202:
            await running.run(database, {"act": made.body["id"]})


async def by_a_tick(client: Client, database: Database, kind: str, whom: Somebody) -> None:
    await by_an_act(client, database, kind, {"ids": [str(whom.person_id)]}, whom)


async def by_a_filter(client: Client, database: Database, kind: str, whom: Somebody) -> None:
    await by_an_act(client, database, kind, {"q": whom.email}, whom)


async def by_a_table(client: Client, _database: Database, kind: str, whom: Somebody) -> None:
    line = f"{whom.email};;disabled" if kind == "disable" else f"{whom.email};NORTH;"
    table = f"email;unit;state\n{line}\n".encode()
    await client.call("POST", TABLE, data=table, params={"apply": "true"})


WAYS: dict[str, Way] = {"verb": by_the_verb, "tick": by_a_tick, "filter": by_a_filter, "table": by_a_table}


@pytest.fixture
async def units(sql: Any) -> dict[str, str]:
    made = {name: str(uuid4()) for name in ("north", "south")}
    for name, unit in made.items():
        await sql(
            "INSERT INTO units (id, path, code, name, sort_name, kind, created_at)"
            " VALUES (:id, ARRAY[CAST(:id AS uuid)], :code, :code, :code, '', now())",
            id=UUID(unit), code=name.upper(),
        )  # fmt: skip
    return made


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["disable", "place"])
@pytest.mark.parametrize(
    ("place", "role", "allowed"),
    [
        ("north", None, {"disable", "place"}),
        ("south", None, set[str]()),
        ("north", "auditor", {"place"}),  # holds more than the delegate, who may place them but not end their access
    ],
    ids=["theirs", "a neighbour", "holds more"],
)
async def test_every_way_asks_for_the_same_right(
    way: str, kind: str, place: str, role: str | None, allowed: set[str], administrator: Client, browser: OpenBrowser,
    person: MakePerson, units: dict[str, str], database: Database, sql: Any,
) -> None:  # fmt: skip
    roles = {one["code"]: one["id"] for one in (await administrator.call("GET", "/api/admin/roles")).body["items"]}
    delegate_id = await person("deleguee@chatelet.fr", "Déléguée")
    given = {"role_id": roles["administrator"], "unit_id": units["north"]}
    assert (await administrator.call("POST", f"/api/admin/persons/{delegate_id}/roles", given)).status == 201
    email = f"cible-{uuid4().hex[:8]}@chatelet.fr"
    target = await person(email, "Cible")
    where = {"unit_id": units[place]}
    if kind == "place" and place == "north":  # somebody of a unit under theirs, called to the unit itself
        below = {"code": "BELOW", "name": "Dessous", "parent_id": units["north"]}
        where = {"unit_id": (await administrator.call("POST", "/api/admin/units", below)).body["id"]}
    assert (await administrator.call("POST", f"/api/admin/persons/{target}/units", where)).status == 201
    if role is not None:
        more = {"role_id": roles[role], "unit_id": None}
        assert (await administrator.call("POST", f"/api/admin/persons/{target}/roles", more)).status == 201
    delegate = browser()
    await delegate.sign_in("deleguee@chatelet.fr")
    await WAYS[way](delegate, database, kind, Somebody(target, email, units["north"]))
    [row] = await sql(
        "SELECT state, unit_id::text FROM persons LEFT JOIN memberships ON person_id = persons.id AND is_main"
        " WHERE persons.id = :id",
        id=target,
    )
    done = row["state"] == "disabled" if kind == "disable" else row["unit_id"] == units["north"]
    # A line of a table speaks of the whole account: it takes managing the person even to place them.
    assert done is (kind in allowed and not (way == "table" and role is not None))
