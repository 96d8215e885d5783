"""Keys of units, quotas, invitations, groups of a directory and who is gone from one: ordered by the server.

Each order is read whole, then one line at a time: lines that are equal in it are neither lost nor told twice.
"""

from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import column, select, text, values

from chatelet.identity.directory_sign_in import orphans
from chatelet.identity.directory_sign_in.schemas import GoneOrder, GonePerson
from chatelet.identity.finding import folded
from chatelet.identity.keys import admin as keys_admin
from chatelet.identity.names import sort_key
from chatelet.kernel.database import Database
from chatelet.kernel.paging import write_cursor
from chatelet.policy.quotas import admin as quotas_admin
from chatelet.policy.quotas.rules import QuotaRules
from chatelet.policy.quotas.service import Quotas
from tests.adoption.waves import page_by_page
from tests.identity.conftest import Client, MakePerson
from tests.identity.scim.conftest import Directory, connect, directory

__all__ = ["connect", "directory"]
KEYS, QUOTAS, INVITATIONS = "/api/admin/keys", "/api/admin/quotas", "/api/admin/invitations"


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    for module in (keys_admin, quotas_admin):
        app.include_router(module.router)
    app.state.quotas = Quotas(QuotaRules(), "Europe/Paris")
    return app


async def told(client: Client, path: str, order: str, key: str) -> list[Any]:
    """Read a list in an order, whole, line by line and the other way round: the same lines; return one field of each."""
    whole = await page_by_page(client, path, "items", order=order)
    at_once = await client.call("GET", path, params={"order": order, "limit": "100"})
    assert at_once.body["items"] == whole
    other = order[1:] if order.startswith("-") else f"-{order}"
    assert await page_by_page(client, path, "items", order=other) == whole[::-1]
    for forged in ("nothing", "id"):
        assert (await client.call("GET", path, params={"order": forged})).status == 422
    return [one[key] for one in whole]


async def unit(client: Client, name: str) -> str:
    made = await client.call("POST", "/api/admin/units", {"code": name.upper(), "name": name})
    assert made.status == 201, made.body
    return str(made.body["id"])


async def test_names_are_folded_alike_in_the_database(database: Database) -> None:
    """Émilie before Zoé; the persons' own folding, sign for sign, on names as people have them."""
    names = [
        "Zoé",
        "Émilie",
        "émile",
        "Œuvre",
        "d’Alembert",
        "Jean-Pierre  Serre",
        "ÅNGSTRÖM",
        "Đặng",
        "Ǆ",
        "Weiß",
        "Ñ (2)",
    ]
    listed = values(column("name", text("x").type), name="listed").data([(name,) for name in names])
    async with database.transaction() as session:
        found = (await session.execute(select(listed.c.name, folded(listed.c.name)))).all()
    assert {row[0]: row[1] for row in found} == {name: sort_key(name) for name in names}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", ["élan", "Elan", "Zèbre", "zebre"]),
        ("unit", ["élan", "Zèbre", "Elan", "zebre"]),
        ("owner", ["Elan", "zebre", "élan", "Zèbre"]),
        ("state", ["élan", "zebre", "Elan", "Zèbre"]),
        ("last_use", ["élan", "Zèbre", "zebre", "Elan"]),
        ("end", ["Zèbre", "Elan", "élan", "zebre"]),
        ("-made", ["zebre", "Zèbre", "Elan", "élan"]),
    ],
)
async def test_keys_of_units(
    administrator: Client, person: MakePerson, sql: Any, order: str, expected: list[str]
) -> None:
    ada, zoe = await person("z@chatelet.fr", "Émile"), await person("a@chatelet.fr", "Zoé")
    acoustics, optics = await unit(administrator, "Acoustique"), await unit(administrator, "Optique")
    for number, (name, owner, place, ends, used, revoked) in enumerate([
        ("élan", zoe, acoustics, 20, None, None),
        ("Elan", ada, optics, -2, -1, None),
        ("Zèbre", zoe, acoustics, 20, None, -3),
        ("zebre", ada, optics, 20, -4, None),
    ]):  # fmt: skip
        await sql(
            "INSERT INTO api_keys (id, person_id, unit_id, name, prefix, secret_hash, routes, origins, addresses,"
            " created_at, expires_at, last_used_at, revoked_at) VALUES (:id, :owner, :unit, :name, 'x', :hash, '{}',"
            " '{}', '{}', now() + make_interval(secs => :number), now() + make_interval(days => :ends),"
            " now() + make_interval(days => :used), now() + make_interval(days => :revoked))",
            id=UUID(int=number + 1), owner=owner, unit=UUID(place), name=name, hash=bytes([number]), number=number,
            ends=ends, used=used, revoked=revoked,
        )  # fmt: skip
    assert await told(administrator, KEYS, order, "name") == expected
    assert (await administrator.call("GET", KEYS, params={"q": "elan"})).body["items"][1]["name"] == "élan"


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("holder", [1, 2, 30, 4, 9]),
        ("model", [1, 30, 4, 2, 9]),
        ("amount", [4, 9, 30, 1, 2]),
        ("mode", [2, 30, 4, 1, 9]),
    ],
)
async def test_quotas(administrator: Client, person: MakePerson, sql: Any, order: str, expected: list[int]) -> None:
    emile, optics = await person("z@chatelet.fr", "Émile"), UUID(await unit(administrator, "Optique"))
    for number, (holder, place, whose, model, measure, period, amount, mode) in enumerate([
        ("each_person", None, None, None, "tokens", "month", 1, "soft"),
        ("each_person", None, None, "petit", "tokens", "month", 2, "hard"),
        ("each_person", None, emile, None, "tokens", "day", 30, "hard"),
        ("unit", optics, None, None, "requests", "day", 4, "hard"),
        ("unit", optics, None, "petit", "requests", "day", 9, "soft"),
    ]):  # fmt: skip
        await sql(
            "INSERT INTO quota_rules (id, holder, unit_id, person_id, model_id, measure, period, amount, mode,"
            " created_at, updated_at) VALUES (:id, :holder, :place, :whose, :model, :measure, :period, :amount, :mode,"
            " now(), now())",
            id=UUID(int=number + 1), holder=holder, place=place, whose=whose, model=model, measure=measure,
            period=period, amount=amount, mode=mode,
        )  # fmt: skip
    assert await told(administrator, QUOTAS, order, "amount") == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", ["a@a.fr", "c@a.fr", "b@a.fr", "d@a.fr"]),
        ("email", ["a@a.fr", "b@a.fr", "c@a.fr", "d@a.fr"]),
        ("role", ["b@a.fr", "d@a.fr", "a@a.fr", "c@a.fr"]),
        ("-end", ["d@a.fr", "c@a.fr", "b@a.fr", "a@a.fr"]),
    ],
)
async def test_invitations(administrator: Client, order: str, expected: list[str]) -> None:
    for email, name, manages in (
        ("a", "Émilie", False),
        ("b", "Zoé", True),
        ("c", "emilie", False),
        ("d", "zoe", True),
    ):
        body = {"email": f"{email}@a.fr", "name": name, "is_administrator": manages}
        assert (await administrator.call("POST", INVITATIONS, body)).status == 201
    assert await told(administrator, INVITATIONS, order, "email") == expected


async def test_groups_of_a_directory(
    administrator: Client,
    directory: Directory,
) -> None:
    acoustics, optics = await unit(administrator, "Acoustique"), await unit(administrator, "Optique")
    ada, bob = (await directory.user("ada"))["id"], (await directory.user("bob"))["id"]
    path = f"/api/admin/directories/{directory.id}/groups"
    for name, members, place in (
        ("Zoologie", (ada, bob), None), ("Équipe", (ada,), optics), ("Études", (), acoustics), ("Bureau", (ada,), None),
    ):  # fmt: skip
        made = await directory.group(name, *members)
        assert (await administrator.call("PATCH", f"{path}/{made['id']}", {"unit_id": place})).status == 200
    assert await told(administrator, path, "name", "name") == ["Bureau", "Équipe", "Études", "Zoologie"]
    assert await told(administrator, path, "members", "members") == [0, 1, 1, 2]
    leads = await told(administrator, path, "leads_to", "unit")
    assert [one and one["name"] for one in leads] == [None, None, "Acoustique", "Optique"], "nothing yet comes first"
    found = await administrator.call("GET", path, params={"q": "equipe"})
    assert [one["name"] for one in found.body["items"]] == ["Équipe"], "accents aside"


@pytest.mark.parametrize(
    ("order", "expected"),
    [("name", [0, 2, 1]), ("-name", [1, 2, 0]), ("email", [1, 0, 2]), ("reason", [1, 0, 2])],
)
def test_who_is_gone_from_a_directory(order: GoneOrder, expected: list[int]) -> None:
    """All of them page by page, and not the first two hundred alone; a search counts what it finds."""
    people = [
        ("Émile", "b@a.fr", "said_inactive"), ("Zoé", None, "no_longer_named"), ("emile", "c@a.fr", "said_inactive"),
    ]  # fmt: skip
    gone = [
        GonePerson.model_validate(
            {"id": UUID(int=number), "name": name, "email": email, "subject": "s", "reason": reason}
        )
        for number, (name, email, reason) in enumerate(people)
    ]
    read: list[int] = []
    cursor: str | None = None
    while len(read) < len(gone):
        page = orphans.page(gone, "", order, cursor=cursor, limit=1)
        assert page.total == len(gone)
        read += [one.id.int for one in page.items]
        cursor = page.next_cursor
    assert (read, cursor) == (expected, None)
    assert orphans.page(gone, "EMILE s", order, cursor=None, limit=1).total == 2


@pytest.mark.parametrize(
    ("path", "order", "place"),
    [
        (KEYS, "state", "9" * 30), (KEYS, "state", "open"), (KEYS, "end", "2026-01-01"), (KEYS, "name", "a\0b"),
        (INVITATIONS, "-end", "never"), (INVITATIONS, "role", str(2**31)),
    ],
)  # fmt: skip
async def test_a_forged_place_is_refused(administrator: Client, path: str, order: str, place: str) -> None:
    """What a type of the database cannot hold is told as a wrong cursor, never as a fault."""
    answer = await administrator.call("GET", path, params={"order": order, "cursor": write_cursor(place, uuid4())})
    assert (answer.status, answer.body["params"]) == (422, {"field": "cursor"})
