"""A directory bound to a unit says nothing of accounts that are managed, or hold anything, elsewhere (TA-030)."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.identity.conftest import Client
from tests.identity.scim.conftest import ISSUER, Connect, Directory

_KEPT = "SELECT subject, name, email, state FROM persons WHERE id = :id"
_HOW = ("PATCH externalId", "PATCH active", "PUT", "DELETE")


@pytest.fixture
async def units(administrator: Client) -> dict[str, str]:
    made: dict[str, str] = {}
    for code, parent in (("LAB", None), ("TEAM", "LAB"), ("OTHER", None)):
        body = {"code": code, "name": code, "parent_id": made[parent] if parent else None}
        made[code] = (await administrator.call("POST", "/api/admin/units", body)).body["id"]
    return made


async def signed_in_before(sql: Any, login: str) -> UUID:
    identifier = uuid4()
    await sql(
        "INSERT INTO persons (id, name, language, state, issuer, subject, sort_name, search_vector, created_at)"
        " VALUES (:id, :name, 'fr', 'active', :issuer, :subject, :name, '', now())",
        id=identifier, name=login, issuer=ISSUER, subject=f"x-{login}",
    )  # fmt: skip
    return identifier


async def place(administrator: Client, person: UUID | str, unit: str, *, is_main: bool) -> None:
    body = {"unit_id": unit, "is_main": is_main}
    assert (await administrator.call("POST", f"/api/admin/persons/{person}/units", body)).status == 201


async def give(administrator: Client, person: UUID | str, role: str, unit: str | None) -> None:
    roles = (await administrator.call("GET", "/api/admin/roles")).body["items"]
    body = {"role_id": next(one["id"] for one in roles if one["code"] == role), "unit_id": unit}
    assert (await administrator.call("POST", f"/api/admin/persons/{person}/roles", body)).status == 201


async def written(directory: Directory, person: UUID | str, how: str) -> int:
    match how:
        case "PATCH externalId":
            change = {"op": "replace", "path": "externalId", "value": "x-evil"}
            return (await directory.patch(f"/Users/{person}", change)).status
        case "PATCH active":
            change = {"op": "replace", "path": "active", "value": False}
            return (await directory.patch(f"/Users/{person}", change)).status
        case "PUT":
            body = {"userName": "evil", "externalId": "x-evil", "displayName": "Evil"}
            return (await directory.call("PUT", f"/Users/{person}", body)).status
        case _:
            return (await directory.call(how, f"/Users/{person}")).status


@pytest.mark.parametrize(
    ("main", "role"),
    [
        ("OTHER", None), ("OTHER", ("administrator", None)), ("TEAM", ("administrator", None)),
        ("TEAM", ("referent", "OTHER")), ("TEAM", ("auditor", None)),
    ],
)  # fmt: skip
async def test_nobody_is_linked_who_is_not_the_unit_s_alone(
    main: str, role: tuple[str, str | None] | None,
    connect: Connect, administrator: Client, units: dict[str, str], sql: Any,
) -> None:  # fmt: skip
    boss = await signed_in_before(sql, "boss")
    await place(administrator, boss, units[main], is_main=True)
    await place(administrator, boss, units["LAB"], is_main=False)
    if role:
        await give(administrator, boss, role[0], units[role[1]] if role[1] else None)
    before = await sql(_KEPT, id=boss)
    bound = await connect(unit_id=units["LAB"])
    linked = await bound.call("POST", "/Users", {"userName": "boss", "externalId": "x-boss", "displayName": "Evil"})
    assert (linked.status, linked.body["scimType"]) == (409, "uniqueness")
    for how in _HOW:
        assert await written(bound, boss, how) == 404, how
    assert await sql(_KEPT, id=boss) == before


async def test_whoever_belongs_to_the_unit_alone_is_linked(
    connect: Connect, administrator: Client, units: dict[str, str], sql: Any
) -> None:
    """A role inside the unit, and a second unit elsewhere, leave an account to its unit."""
    ada = await signed_in_before(sql, "ada")
    await place(administrator, ada, units["TEAM"], is_main=True)
    await place(administrator, ada, units["OTHER"], is_main=False)
    await give(administrator, ada, "referent", units["TEAM"])
    bound = await connect(unit_id=units["LAB"])
    assert (await bound.user("ada"))["id"] == str(ada)
    for how in ("PATCH externalId", "PATCH active"):
        assert await written(bound, ada, how) == 200, how
    assert await written(bound, ada, "DELETE") == 204


@pytest.mark.parametrize("since", ["placed elsewhere", "role elsewhere", "administrator"])
async def test_whoever_it_made_and_rose_since_is_no_longer_its_own(
    since: str, connect: Connect, administrator: Client, units: dict[str, str], sql: Any
) -> None:
    bound = await connect(unit_id=units["LAB"])
    ada = await bound.user("ada")
    identifier = UUID(ada["id"])
    if since == "placed elsewhere":
        await place(administrator, identifier, units["OTHER"], is_main=True)
    elif since == "role elsewhere":
        await give(administrator, identifier, "referent", units["OTHER"])
    else:
        await give(administrator, identifier, "administrator", None)
    before = await sql(_KEPT, id=identifier)
    for how in _HOW:
        assert await written(bound, identifier, how) == 403, how
        assert await sql(_KEPT, id=identifier) == before
    same = {name: ada[name] for name in ("userName", "externalId", "displayName")}
    assert (await bound.call("PUT", f"/Users/{identifier}", same)).status == 200, "the same again changes nothing"
    whole = await connect()
    assert (await whole.user("ada"))["id"] == str(identifier), "a directory of the whole installation goes on"
    assert await written(whole, identifier, "PATCH active") == 200


async def test_whoever_it_named_once_and_belongs_nowhere_is_still_its_own(
    connect: Connect, units: dict[str, str]
) -> None:
    bound = await connect(unit_id=units["LAB"])
    ada = await bound.user("ada")
    assert (await bound.call("DELETE", f"/Users/{ada['id']}")).status == 204
    assert (await bound.user("ada"))["id"] == ada["id"]


async def test_its_groups_still_say_who_belongs_to_its_unit(
    connect: Connect, administrator: Client, units: dict[str, str], sql: Any
) -> None:
    bound = await connect(unit_id=units["LAB"])
    ada = await bound.user("ada")
    await place(administrator, ada["id"], units["OTHER"], is_main=True)
    group = await bound.group("Équipe", ada["id"])
    mapped = await administrator.call(
        "PATCH", f"/api/admin/directories/{bound.id}/groups/{group['id']}", {"unit_id": units["TEAM"]}
    )
    assert mapped.status == 200, mapped.body
    lines = await sql(
        "SELECT code, is_main FROM memberships JOIN units ON units.id = unit_id WHERE person_id = :id ORDER BY code",
        id=UUID(ada["id"]),
    )
    assert [tuple(one.values()) for one in lines] == [("LAB", False), ("OTHER", True), ("TEAM", False)]
