"""Groups of SCIM: kept as they are, leading to units and roles once an administrator has said so; orphans."""

import json
from typing import Any
from uuid import uuid4

import pytest

from tests.adoption.waves import page_by_page
from tests.identity.conftest import Client, MakePerson
from tests.identity.scim.conftest import ISSUER, Connect, Directory


@pytest.fixture
async def unit(administrator: Client) -> str:
    made = await administrator.call("POST", "/api/admin/units", {"code": "LAB", "name": "Laboratoire"})
    return made.body["id"]


async def role_id(administrator: Client, code: str) -> str:
    roles = (await administrator.call("GET", "/api/admin/roles")).body["items"]
    return next(role["id"] for role in roles if role["code"] == code)


async def lead(directory: Directory, group: dict[str, Any], **mapping: str | None) -> Any:
    path = f"/api/admin/directories/{directory.id}/groups/{group['id']}"
    return await directory.client.call("PATCH", path, mapping)


async def units_of(administrator: Client, person: str) -> list[tuple[str, bool]]:
    found = (await administrator.call("GET", f"/api/admin/persons/{person}/units")).body["items"]
    return [(one["code"], one["is_main"]) for one in found]


async def roles_of(administrator: Client, person: str) -> list[str]:
    return [
        one["role_code"]
        for one in (await administrator.call("GET", f"/api/admin/persons/{person}/roles")).body["items"]
    ]


async def test_members_belong_to_the_unit_a_group_leads_to(
    directory: Directory, administrator: Client, unit: str, sql: Any
) -> None:
    ada, bob = (await directory.user("ada"))["id"], (await directory.user("bob"))["id"]
    group = await directory.group("Labo", ada)
    assert await units_of(administrator, ada) == []
    mapped = await lead(directory, group, unit_id=unit)
    assert (mapped.status, mapped.body["unit"]["name"], mapped.body["members"]) == (200, "Laboratoire", 1)
    assert await units_of(administrator, ada) == [("LAB", True)]
    path = f"/Groups/{group['id']}"
    add = {"op": "Add", "path": "members", "value": [{"value": bob}]}
    assert len((await directory.patch(path, add)).body["members"]) == 2
    assert await units_of(administrator, bob) == [("LAB", True)]
    gone = {"op": "remove", "path": f'members[value eq "{ada}"]'}
    assert (await directory.patch(path, gone)).body["members"][0]["value"] == bob
    assert await units_of(administrator, ada) == []
    old = {"op": "Remove", "path": "members", "value": [{"value": bob}]}  # Entra ID, before its flag
    assert "members" not in (await directory.patch(path, old)).body
    assert await units_of(administrator, bob) == []
    told = await sql("SELECT count(*) FROM journal_events WHERE name IN ('membership.given', 'membership.removed')")
    assert told[0]["count"] == 4
    groups = f"/api/admin/directories/{directory.id}/groups"
    for words, count in (("LABO", 1), ("autre", 0)):
        assert len((await administrator.call("GET", groups, params={"q": words})).body["items"]) == count
    assert (await lead(directory, group)).status == 200
    rows = await sql("SELECT data FROM journal_events WHERE name = 'directory.group_mapped' ORDER BY id")
    values = [
        {one["field"]: (one["before"], one["after"]) for one in json.loads(row["data"])["values"]} for row in rows
    ]
    here = mapped.body["unit"]["id"]
    assert values == [{"unit_id": (None, here)}, {"unit_id": (here, None)}]


async def test_a_role_follows_a_group_and_a_rights_change_ends_sessions(
    directory: Directory, administrator: Client, unit: str
) -> None:
    ada = (await directory.user("ada"))["id"]
    one, two = await directory.group("Référents", ada), await directory.group("Aussi référents", ada)
    referent = await role_id(administrator, "referent")
    for group in (one, two):
        assert (await lead(directory, group, unit_id=unit, role_id=referent)).status == 200
    assert await roles_of(administrator, ada) == ["referent"]
    assert (await directory.call("DELETE", f"/Groups/{one['id']}")).status == 204
    assert await roles_of(administrator, ada) == ["referent"]  # the other group still says so
    assert (await lead(directory, two)).status == 200
    assert await roles_of(administrator, ada) == []


async def test_what_a_page_gave_stays(directory: Directory, administrator: Client, unit: str) -> None:
    ada = (await directory.user("ada"))["id"]
    assert (await administrator.call("POST", f"/api/admin/persons/{ada}/units", {"unit_id": unit})).status == 201
    group = await directory.group("Labo", ada)
    await lead(directory, group, unit_id=unit)
    await directory.call("DELETE", f"/Groups/{group['id']}")
    assert await units_of(administrator, ada) == [("LAB", True)]


async def test_the_last_administrator_keeps_the_role(directory: Directory, administrator: Client, sql: Any) -> None:
    ada = (await directory.user("ada"))["id"]
    group = await directory.group("Administrateurs", ada)
    assert (await lead(directory, group, role_id=await role_id(administrator, "administrator"))).status == 200
    await sql("UPDATE persons SET state = 'disabled' WHERE issuer = 'local'")
    assert (await directory.patch(f"/Groups/{group['id']}", {"op": "remove", "path": "members"})).status == 409
    assert (await directory.call("DELETE", f"/Groups/{group['id']}")).status == 409
    assert len((await directory.call("GET", f"/Groups/{group['id']}")).body["members"]) == 1


async def test_a_directory_bound_to_a_unit_leads_nowhere_else(
    connect: Connect, administrator: Client, unit: str, sql: Any
) -> None:
    elsewhere = (await administrator.call("POST", "/api/admin/units", {"code": "X", "name": "Ailleurs"})).body["id"]
    bound = await connect(unit_id=unit)
    ada = await bound.user("ada")
    assert await units_of(administrator, ada["id"]) == [("LAB", True)]
    group = await bound.group("Groupe", ada["id"])
    auditor = await role_id(administrator, "auditor")
    for mapping in ({"unit_id": elsewhere}, {"role_id": auditor}, {"unit_id": elsewhere, "role_id": auditor}):
        assert (await lead(bound, group, **mapping)).status in (403, 409), mapping
    assert (await lead(bound, group, unit_id=unit, role_id=auditor)).status == 200
    await sql(
        "INSERT INTO persons (id, name, language, state, issuer, subject, sort_name, search_vector, created_at)"
        " VALUES (gen_random_uuid(), 'Bob', 'fr', 'active', :issuer, 'x-bob', 'bob', '', now())", issuer=ISSUER,
    )  # fmt: skip
    assert (await bound.call("POST", "/Users", {"userName": "bob", "externalId": "x-bob"})).status == 409


async def test_groups_say_the_same_twice(directory: Directory) -> None:
    ada = (await directory.user("ada"))["id"]
    group = await directory.group("Labo", ada)
    again = await directory.call("PUT", f"/Groups/{group['id']}", group)
    assert again.body == group
    assert (await directory.call("POST", "/Groups", {"displayName": "labo"})).status == 409
    for members in ([{"value": str(uuid4())}], [{"value": "x"}], "x", [{}], {"value": 3}):
        answer = await directory.call("POST", "/Groups", {"displayName": "Autre", "members": members})
        assert (answer.status, answer.body["scimType"]) == (400, "invalidValue"), members
    renamed = await directory.patch(
        f"/Groups/{group['id']}", {"op": "replace", "value": {"id": group["id"], "displayName": "L"}}
    )
    assert (renamed.body["displayName"], renamed.body["members"]) == ("L", group["members"])


async def test_thousands_of_members_come_and_go_at_once(directory: Directory, unit: str, sql: Any) -> None:
    await sql(
        "WITH p AS (INSERT INTO persons (id, name, language, state, issuer, subject, sort_name, search_vector, created_at)"
        " SELECT gen_random_uuid(), 'P' || n, 'fr', 'active', :issuer, n::text, 'p' || n, '', now()"
        " FROM generate_series(1, 3000) n RETURNING id, subject)"
        " INSERT INTO scim_users (client_id, person_id, user_name, user_key, emails, active, stopped, version, created_at,"
        " last_modified) SELECT cast(:client AS uuid), id, subject, subject, '[]', true, false, 1, now(), now() FROM p",
        issuer=ISSUER, client=directory.id,
    )  # fmt: skip
    members = [str(row["person_id"]) for row in await sql("SELECT person_id FROM scim_users")]
    group = await directory.group("Tous")
    assert (await lead(directory, group, unit_id=unit)).status == 200
    path = f"/Groups/{group['id']}"
    add = {"op": "add", "path": "members", "value": [{"value": one} for one in members]}
    answer = await directory.patch(path, add, params={"excludedAttributes": "members"})
    assert (answer.status, "members" in answer.body) == (200, False)
    [row] = await sql("SELECT count(*) FROM memberships WHERE is_main")
    assert row["count"] == 3000
    assert (await directory.patch(path, {"op": "replace", "path": "members", "value": []})).status == 200
    assert await sql("SELECT 1 AS one FROM memberships") == []


async def test_orphans_are_told(directory: Directory, administrator: Client, person: MakePerson, sql: Any) -> None:
    ada, bob, eve = [(await directory.user(name))["id"] for name in ("ada", "bob", "eve")]
    await person("local@chatelet.fr")
    await sql(
        "INSERT INTO persons (id, name, language, state, issuer, subject, sort_name, search_vector, created_at)"
        " VALUES (gen_random_uuid(), '=cmd()', 'fr', 'active', :issuer, 'unknown', 'zoe', '', now())", issuer=ISSUER,
    )  # fmt: skip
    await directory.call("DELETE", f"/Users/{ada}")
    await directory.patch(f"/Users/{bob}", {"op": "replace", "path": "active", "value": False})
    for back in (ada, bob):
        assert (await administrator.call("PATCH", f"/api/admin/persons/{back}", {"state": "active"})).status == 200
    path = f"/api/admin/directories/{directory.id}/orphans"
    found = (await administrator.call("GET", path)).body
    assert found["total"] == 3
    assert [one["reason"] for one in found["items"]] == ["no_longer_named", "said_inactive", "never_named"]
    assert eve not in [one["id"] for one in found["items"]]
    first = (await administrator.call("GET", path, params={"limit": "2"})).body
    rest = (await administrator.call("GET", path, params={"limit": "2", "cursor": first["next_cursor"]})).body
    assert [*first["items"], *rest["items"]] == found["items"]
    for order, first in (("-name", "=cmd()"), ("reason", "=cmd()"), ("-last_seen", None), ("email", None)):
        turned = (await administrator.call("GET", path, params={"order": order})).body
        assert first in (None, turned["items"][0]["name"]), order
        pages = await page_by_page(administrator, path, "items", order=order)
        assert pages == turned["items"], order
    only = (await administrator.call("GET", path, params={"q": "UNKNOWN"})).body
    assert ([one["subject"] for one in only["items"]], only["total"]) == (["unknown"], 1)
    table = await administrator.call("GET", f"{path}.csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert ";'=cmd();" in table.raw.decode("utf-8-sig")


async def test_directories_are_an_administrators(directory: Directory, browser: Any, person: MakePerson) -> None:
    listed = (await directory.client.call("GET", "/api/admin/directories")).body
    assert (listed["items"][0]["name"], listed["address"][-8:]) == ("Annuaire", "/scim/v2")
    assert directory.token not in str(listed)
    group = await directory.group("Labo")
    shown = (await directory.client.call("GET", f"/api/admin/directories/{directory.id}/groups")).body
    assert [one["name"] for one in shown["items"]] == ["Labo"]
    await person("agent@chatelet.fr")
    agent = browser()
    await agent.sign_in("agent@chatelet.fr")
    one = f"/api/admin/directories/{directory.id}"
    mapping = f"{one}/groups/{group['id']}"
    for method, path, body in (
        ("GET", "/api/admin/directories", None), ("POST", "/api/admin/directories", {"name": "A", "issuer": "b"}),
        ("POST", f"{one}/token", None), ("DELETE", one, None), ("GET", f"{one}/groups", None),
        ("PATCH", mapping, {}), ("GET", f"{one}/orphans", None), ("GET", f"{one}/orphans.csv", None),
    ):  # fmt: skip
        assert (await agent.call(method, path, body)).status == 403, path
    for bad in ("local", "a b", "", "é\u200b"):
        refused = await directory.client.call("POST", "/api/admin/directories", {"name": "A", "issuer": bad})
        assert refused.status == 422, bad
