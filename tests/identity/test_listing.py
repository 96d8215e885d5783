"""Persons as administrators see them: the list with units and roles, one person alone, the list as a file."""

import csv
import io
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from chatelet.identity import listing
from tests.identity.conftest import Client, MakePerson, OpenBrowser
from tests.identity.test_units import MakeUnit, delegate, unit

__all__ = ["unit"]  # the fixture
LIST = "/api/admin/persons"
FILE = "/api/admin/persons.csv"


async def place(administrator: Client, who: UUID, unit: str) -> None:
    placed = await administrator.call("POST", f"{LIST}/{who}/units", {"unit_id": unit})
    assert placed.status == 201, placed.body


async def lines(client: Client, separator: str = ";", **query: str) -> list[dict[str, str]]:
    answer = await client.call("GET", FILE, params=query)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="persons.csv"'
    text = answer.raw.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=separator))


async def test_the_list_says_which_roles_are_held(administrator: Client, unit: MakeUnit, person: MakePerson) -> None:
    ada, north, south = await person(), await unit("N"), await unit("S")
    for where in (north, south):
        await delegate(administrator, ada, "referent", where)
    page = (await administrator.call("GET", LIST)).body["items"]
    assert [[role["code"] for role in item["roles"]] for item in page] == [["referent"], ["administrator"]]
    session = (await administrator.call("GET", "/api/sessions/current")).body
    assert session["rights_everywhere"] == session["rights"]


async def test_one_person_and_what_may_be_done_with_them(
    administrator: Client, unit: MakeUnit, person: MakePerson, browser: OpenBrowser
) -> None:
    north, south = await unit("N"), await unit("S")
    ada, boss = await person(), await person("chef@chatelet.fr", "Cheffe")
    referent = await person("ref@chatelet.fr", "Référente")
    for who, where in ((ada, north), (boss, north), (referent, south)):
        await place(administrator, who, where)
    await delegate(administrator, boss, "administrator", None)
    await delegate(administrator, referent, "referent", north)
    seen = (await administrator.call("GET", f"{LIST}/{ada}")).body
    assert (seen["name"], seen["issuer"], seen["unit"]["name"]) == ("Émilie du Châtelet", "local", "Unité N")
    assert (seen["missing"], seen["holds_more"]) == (None, False)
    client = browser()
    await client.sign_in("ref@chatelet.fr")
    assert (await client.call("GET", f"{LIST}/{ada}")).body["missing"] == "persons.manage"
    body = {"code": "manager", "name_fr": "Gestionnaire", "name_en": "Manager", "rights": ["persons.manage"]}
    await administrator.call("POST", "/api/admin/roles", body)
    await delegate(administrator, referent, "manager", north)
    await client.sign_in("ref@chatelet.fr")
    assert (await client.call("GET", f"{LIST}/{ada}")).body["missing"] is None
    above = (await client.call("GET", f"{LIST}/{boss}")).body
    assert (above["missing"], above["holds_more"]) == (None, True)
    for unknown in (uuid4(), (await administrator.call("GET", "/api/sessions/current")).body["person"]["id"]):
        refused = await client.call("GET", f"{LIST}/{unknown}")
        assert (refused.status, refused.body["code"]) == (404, "person_not_found")


async def test_the_list_leaves_as_a_file(
    administrator: Client, unit: MakeUnit, person: MakePerson, sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_EXPORTED_AT_ONCE", 2)  # so that five persons are three pages
    north = await unit("N/1", name="=HYPERLINK(1)")
    for number in range(4):
        await person(f"p{number}@chatelet.fr", f"Personne {number}")
    ada = await person("ada@chatelet.fr", '@SUM("a";b)')
    await place(administrator, ada, north)
    await delegate(administrator, ada, "referent", north)
    found = await lines(administrator)
    assert [line["email"].partition("@")[0] for line in found] == ["p0", "p1", "p2", "p3", "ada", "admin"]
    assert found[4] == {
        "name": '\'@SUM("a";b)',
        "email": "ada@chatelet.fr",
        "unit_code": "N/1",
        "unit": "'=HYPERLINK(1)",
        "roles": "Référent d’unité",
        "state": "active",
        "last_seen_at": "",
    }
    assert len(await lines(administrator, q="personne")) == 4
    assert [line["name"] for line in await lines(administrator, unit=north, state="active")] == [found[4]["name"]]
    assert await lines(administrator, state="disabled") == []
    await administrator.call("PATCH", "/api/persons/current", {"language": "en"})
    [admin] = await lines(administrator, ",", q="arouet")
    assert admin["roles"] == "Administrator"
    told = await sql("SELECT data FROM journal_events WHERE name = 'persons.exported' ORDER BY id")
    assert [row["data"] for row in told] == [f'{{"count":{count}}}' for count in (6, 4, 1, 0, 1)]


async def test_a_file_holds_what_its_reader_may_see(
    administrator: Client, unit: MakeUnit, person: MakePerson, browser: OpenBrowser
) -> None:
    north, south = await unit("N"), await unit("S")
    ada, referent = await person(), await person("ref@chatelet.fr", "Référente")
    await place(administrator, ada, south)
    await place(administrator, referent, north)
    client = browser()
    await client.sign_in("ref@chatelet.fr")
    refused = await client.call("GET", FILE)
    assert (refused.status, refused.body["params"]["right"]) == (403, "persons.read")
    await delegate(administrator, referent, "referent", north)
    await client.sign_in("ref@chatelet.fr")
    assert [line["name"] for line in await lines(client)] == ["Référente"]
    assert await lines(client, unit=south) == []


async def test_one_unit_says_what_may_be_done_with_it(
    administrator: Client, unit: MakeUnit, person: MakePerson, browser: OpenBrowser
) -> None:
    root = await unit("R")
    north = await unit("N", root)
    south = await unit("S", root)
    below = await unit("N1", north)
    await administrator.call(
        "POST",
        "/api/admin/roles",
        {"code": "gardener", "name_fr": "Jardinière", "name_en": "Gardener", "rights": ["units.manage"]},
    )
    gardener = await person("jar@chatelet.fr", "Jardinière")
    await delegate(administrator, gardener, "gardener", north)
    client = browser()
    await client.sign_in("jar@chatelet.fr")
    top = (await client.call("GET", f"/api/admin/units/{north}")).body
    assert (top["above"], top["may_move"], "units.manage" in top["rights"]) == ([root], False, True)
    leaf = (await client.call("GET", f"/api/admin/units/{below}")).body
    assert (leaf["above"], leaf["may_move"]) == ([root, north], True)
    for hidden in (root, south, uuid4()):
        refused = await client.call("GET", f"/api/admin/units/{hidden}")
        assert (refused.status, refused.body["code"]) == (404, "unit_not_found")
    await administrator.call("POST", f"/api/admin/units/{below}/merge", {"into_id": north})
    assert (await client.call("GET", f"/api/admin/units/{below}")).body["code"] == "unit_closed"


@pytest.mark.parametrize("order", ["name", "email", "unit", "last_seen", "created"])
async def test_pages_follow_the_order_asked_for(
    administrator: Client, unit: MakeUnit, person: MakePerson, order: str
) -> None:
    units = [await unit("N", name="Zéphyr"), await unit("S", name="Aube")]
    for number, where in enumerate([*units, None, *units]):
        one = await person(f"p{number * 7 % 5}@chatelet.fr", f"Personne {number * 3 % 5}")
        if where:
            await place(administrator, one, where)

    async def pages(asked: str) -> list[dict[str, Any]]:
        items, cursor = list[dict[str, Any]](), None
        while True:
            query = {"order": asked, "limit": "2"} | ({"cursor": cursor} if cursor else {})
            page = (await administrator.call("GET", LIST, params=query)).body
            items += page["items"]
            if (cursor := page["next_cursor"]) is None:
                return items

    there, back = await pages(order), await pages(f"-{order}")
    assert len({item["id"] for item in there}) == 6
    assert [item["id"] for item in back] == [item["id"] for item in reversed(there)]
    keys: dict[str, Callable[[dict[str, Any]], str]] = {
        "name": lambda item: item["name"].lower().replace("é", "e"),
        "email": lambda item: item["email"],
        "unit": lambda item: item["unit"]["name"].lower() if item["unit"] else "",
        "last_seen": lambda item: item["last_seen_at"] or "",
        "created": lambda item: item["id"],
    }
    assert [keys[order](item) for item in there] == sorted(keys[order](item) for item in there)
    assert [line["email"] for line in await lines(administrator, order=f"-{order}")] == [one["email"] for one in back]


async def test_a_cursor_of_another_order_is_refused(administrator: Client, person: MakePerson) -> None:
    await person()
    cursor = (await administrator.call("GET", LIST, params={"limit": "1"})).body["next_cursor"]
    refused = await administrator.call("GET", LIST, params={"order": "created", "cursor": cursor})
    assert (refused.status, refused.body["params"]["field"]) == (422, "cursor")
    assert (await administrator.call("GET", LIST, params={"order": "password_hash"})).status == 422
