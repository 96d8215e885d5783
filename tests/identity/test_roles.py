"""Roles: made of rights, given and taken back, never beyond what the giver holds."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from chatelet.identity.rights import OF_THE_INSTALLATION, Right, decode_rights, rights_of
from chatelet.kernel.clock import now
from tests.identity.conftest import PASSWORD, Client, MakePerson, OpenBrowser
from tests.identity.test_units import MakeUnit, delegate, role_id, unit

__all__ = ["unit"]  # the fixture
ROLES = "/api/admin/roles"


def held(person: object) -> str:
    return f"/api/admin/persons/{person}/roles"


def test_a_right_on_a_unit_is_held_on_all_under_it() -> None:
    ministry, north, south = uuid4(), uuid4(), uuid4()
    rights = rights_of([({Right.PERSONS_READ, Right.INSTALLATION_MANAGE}, north), ({Right.CHAT}, None)])
    assert rights.holds(Right.PERSONS_READ, [ministry, north, uuid4()])
    assert not rights.holds(Right.PERSONS_READ, [ministry])
    assert not rights.holds(Right.PERSONS_READ, [ministry, south])
    assert not rights.holds(Right.PERSONS_READ)
    assert rights.holds(Right.CHAT, [south])
    assert rights.holds(Right.CHAT)
    assert not rights.holds_somewhere(Right.INSTALLATION_MANAGE)  # the installation's own, held on a unit
    assert rights.reach(Right.CHAT) is None
    assert rights.reach(Right.PERSONS_READ) == {north}
    assert rights.reach(Right.UNITS_MANAGE) == frozenset()


def test_a_right_of_another_version_is_no_right() -> None:
    rights = decode_rights(
        '[[["chat.use","time.travel"],null],[["persons.read"],"0192f0c0-0000-7000-8000-000000000001"]]'
    )
    assert rights.everywhere == {Right.CHAT}
    assert set(rights.within) == {Right.PERSONS_READ}


async def test_shipped_roles_are_there_and_protected(administrator: Client) -> None:
    answer = await administrator.call("GET", ROLES)
    roles = {role["code"]: role for role in answer.body["items"]}
    assert set(roles) == {
        "agent", "referent", "administrator", "auditor", "data_protection_officer", "security_officer"
    }  # fmt: skip
    assert set(answer.body["installation_rights"]) == {right.value for right in OF_THE_INSTALLATION}
    assert set(roles["administrator"]["rights"]) == {right.value for right in Right}
    assert roles["administrator"]["holders"] == 1
    assert [role["code"] for role in roles.values() if role["is_default"]] == ["agent"]
    path = f"{ROLES}/{roles['administrator']['id']}"
    for call in (("DELETE", path, None), ("PATCH", path, {"rights": ["chat.use"]})):
        refused = await administrator.call(*call)
        assert (refused.status, refused.body["code"]) == (409, "role_protected")
    assert (await administrator.call("DELETE", f"{ROLES}/{uuid4()}")).status == 404


async def test_a_role_is_made_changed_and_deleted(administrator: Client, person: MakePerson, sql: Any) -> None:
    new = {"code": "librarian", "name_fr": "Documentaliste", "name_en": "Librarian", "rights": ["documents.curate"]}
    made = await administrator.call("POST", ROLES, new)
    assert (made.status, made.body["rights"]) == (201, ["documents.curate"])
    assert (await administrator.call("POST", ROLES, new)).body["code"] == "role_code_taken"
    for wrong in ({"code": "Bad Code"}, {"rights": ["time.travel"]}, {"is_builtin": True}, {"name_fr": ""}):
        assert (await administrator.call("POST", ROLES, {**new, "code": "other", **wrong})).status == 422
    path = f"{ROLES}/{made.body['id']}"
    changed = await administrator.call("PATCH", path, {"rights": ["documents.curate", "documents.publish"]})
    assert changed.body["rights"] == ["documents.curate", "documents.publish"]
    [row] = await sql("SELECT data FROM journal_events WHERE name = 'role.changed'")
    assert "documents_publish" in str(row["data"])
    who = await person()
    given = await administrator.call("POST", held(who), {"role_id": made.body["id"]})
    assert given.status == 201
    refused = await administrator.call("DELETE", path)
    assert (refused.status, refused.body["code"]) == (409, "role_in_use")
    assert (await administrator.call("DELETE", f"{held(who)}/{given.body['items'][0]['id']}")).status == 204
    assert (await administrator.call("DELETE", path)).status == 204


async def test_nobody_gives_more_than_they_hold(
    administrator: Client, unit: MakeUnit, person: MakePerson, browser: OpenBrowser
) -> None:
    """TA-030."""
    root = await unit("R")
    north = await unit("N", root)
    chief, agent = await person("chief@chatelet.fr", "Cheffe"), await person("agent@chatelet.fr", "Agent")
    for who in (chief, agent):
        await administrator.call("POST", f"/api/admin/persons/{who}/units", {"unit_id": north})
    granting = {
        "code": "granter", "name_fr": "Délégant", "name_en": "Granter",
        "rights": ["roles.grant", "persons.read", "documents.read", "documents.curate"],
    }  # fmt: skip
    assert (await administrator.call("POST", ROLES, granting)).status == 201
    await delegate(administrator, chief, "granter", north)
    client = browser()
    await client.sign_in("chief@chatelet.fr")

    async def give(role: str, where: str | None) -> tuple[int, str, str]:
        answer = await client.call("POST", held(agent), {"role_id": await role_id(client, role), "unit_id": where})
        return answer.status, answer.body.get("code", ""), answer.body.get("params", {}).get("right", "")

    assert await give("granter", north) == (201, "", "")
    assert await give("granter", north) == (409, "grant_exists", "")
    assert (await give("granter", root))[1] == "delegation_exceeded"
    assert (await give("granter", None))[1] == "delegation_exceeded"
    assert await give("referent", north) == (403, "delegation_exceeded", "documents.contribute")
    assert (await give("administrator", north))[1] == "delegation_exceeded"
    assert (await give("agent", north))[1] == "role_protected"
    assert await give("granter", str(uuid4())) == (404, "unit_not_found", "")
    for call in (("POST", ROLES, {**granting, "code": "mine"}), ("PATCH", f"{ROLES}/{uuid4()}", {})):
        assert (await client.call(*call)).status == 403

    [mine] = (await client.call("GET", held(agent))).body["items"]
    assert mine["may_withdraw"] is True
    await delegate(administrator, agent, "administrator", north)
    above = next(g for g in (await client.call("GET", held(agent))).body["items"] if g["role_code"] == "administrator")
    assert above["may_withdraw"] is False
    refused = await client.call("DELETE", f"{held(agent)}/{above['id']}")
    assert (refused.status, refused.body["code"]) == (403, "delegation_exceeded")


async def test_one_does_not_manage_who_holds_more(
    administrator: Client, unit: MakeUnit, person: MakePerson, browser: OpenBrowser
) -> None:
    north = await unit("N")
    chief, boss = await person("chief@chatelet.fr", "Cheffe"), await person("boss@chatelet.fr", "Directrice")
    for who in (chief, boss):
        await administrator.call("POST", f"/api/admin/persons/{who}/units", {"unit_id": north})
    await delegate(administrator, chief, "administrator", north)
    await delegate(administrator, boss, "auditor", None)
    client = browser()
    await client.sign_in("chief@chatelet.fr")
    refused = await client.call("PATCH", f"/api/admin/persons/{boss}", {"state": "disabled"})
    assert (refused.status, refused.body["code"]) == (403, "forbidden")


async def test_a_role_ends_by_itself(administrator: Client, person: MakePerson, browser: OpenBrowser, sql: Any) -> None:
    who, role = await person(), await role_id(administrator, "referent")
    past = await administrator.call(
        "POST", held(who), {"role_id": role, "expires_at": (now() - timedelta(minutes=1)).isoformat()}
    )
    assert (past.status, past.body["code"]) == (422, "grant_expired")
    until = (now() + timedelta(days=1)).isoformat()
    assert (await administrator.call("POST", held(who), {"role_id": role, "expires_at": until})).status == 201
    client = browser()
    await client.sign_in("emilie@chatelet.fr")
    assert (await client.call("GET", "/api/admin/persons")).status == 200
    await sql("UPDATE grants SET expires_at = now() WHERE person_id = :who", who=who)
    refused = await client.call("GET", "/api/admin/persons")
    assert (refused.status, refused.body["params"]) == (403, {"right": "persons.read"})


async def test_what_is_taken_back_is_gone_at_once_and_the_session_with_it(
    administrator: Client, person: MakePerson, browser: OpenBrowser
) -> None:
    """TA-001, TA-003."""
    who = await person()
    client = browser()
    await client.sign_in("emilie@chatelet.fr")
    await delegate(administrator, who, "referent", None)
    assert (await client.call("GET", "/api/sessions/current")).status == 401
    await client.sign_in("emilie@chatelet.fr")
    current = (await client.call("GET", "/api/sessions/current")).body
    assert "persons.read" in current["rights"]
    assert "persons.manage" not in current["rights"]
    [grant] = (await administrator.call("GET", held(who))).body["items"]
    assert (await administrator.call("DELETE", f"{held(who)}/{grant['id']}")).status == 204
    assert (await administrator.call("DELETE", f"{held(who)}/{grant['id']}")).body["code"] == "grant_not_found"
    await client.sign_in("emilie@chatelet.fr", PASSWORD)
    assert (await client.call("GET", "/api/admin/persons")).status == 403


@pytest.mark.parametrize("way", ["withdraw", "change"])
async def test_the_last_administrator_stays(way: str, administrator: Client, sql: Any) -> None:
    [me] = await sql("SELECT id FROM persons")
    if way == "withdraw":
        [grant] = (await administrator.call("GET", held(me["id"]))).body["items"]
        refused = await administrator.call("DELETE", f"{held(me['id'])}/{grant['id']}")
    else:
        new = {"code": "chief", "name_fr": "Chef", "name_en": "Chief", "rights": ["installation.manage"]}
        role = (await administrator.call("POST", ROLES, new)).body["id"]
        await sql("UPDATE grants SET role_id = :role", role=role)
        refused = await administrator.call("PATCH", f"{ROLES}/{role}", {"rights": ["chat.use"]})
    assert (refused.status, refused.body["code"]) == (409, "last_administrator")
    assert (await administrator.call("GET", ROLES)).status == (200 if way == "withdraw" else 403)


async def test_a_unit_tells_who_holds_a_role_there_nearest_first(
    administrator: Client, unit: MakeUnit, person: MakePerson, browser: OpenBrowser, sql: Any
) -> None:
    root = await unit("R")
    north, south = await unit("N", root), await unit("S", root)
    near, above, beside = [await person(f"{name}@chatelet.fr", name.title()) for name in ("near", "above", "beside")]
    for who, where in ((near, north), (above, root), (beside, south)):
        placed = await administrator.call("POST", f"/api/admin/persons/{who}/units", {"unit_id": where})
        assert placed.status == 201
        await delegate(administrator, who, "referent", where)
    found = (await administrator.call("GET", f"/api/admin/units/{north}/roles")).body
    told = [(item["person_name"], item["role_name_en"], (item["unit"] or {}).get("id")) for item in found["items"]]
    assert told[:2] == [("Near", "Unit referent", north), ("Above", "Unit referent", root)]
    assert {where for *_, where in told[2:]} == {None}  # the administrator, everywhere
    assert found["more"] is False
    await sql(f"UPDATE grants SET expires_at = now() - interval '1 day' WHERE person_id = '{near}'")
    found = (await administrator.call("GET", f"/api/admin/units/{north}/roles")).body
    assert "Near" not in {item["person_name"] for item in found["items"]}
    client = browser()
    await client.sign_in("beside@chatelet.fr")
    assert (await client.call("GET", f"/api/admin/units/{north}/roles")).body["code"] == "unit_not_found"
    seen = (await client.call("GET", f"/api/admin/units/{south}/roles")).body["items"]
    assert [item["person_name"] for item in seen] == ["Beside"]  # nobody they may not see, not even by name


async def test_a_delegate_learns_nothing_of_roles_held_elsewhere(
    administrator: Client, browser: OpenBrowser, person: MakePerson, sql: Any
) -> None:
    """TA-034: neither by the filter of a list, nor by how many hold a role."""
    units: dict[str, str] = {}
    for code in ("ICI", "AILLEURS"):
        made = await administrator.call("POST", "/api/admin/units", {"code": code, "name": code})
        units[code] = made.body["id"]
    bob, alice = await person("bob@x.fr", "Bob"), await person("alice@x.fr", "Alice")
    here = {"unit_id": units["ICI"], "is_main": True}
    assert (await administrator.call("POST", f"/api/admin/persons/{bob}/units", here)).status < 300
    listed = (await administrator.call("GET", ROLES)).body["items"]
    roles = {role["code"]: role["id"] for role in listed}
    for one, role, where in ((bob, "referent", "AILLEURS"), (alice, "administrator", "ICI")):
        given = {"role_id": roles[role], "unit_id": units[where]}
        assert (await administrator.call("POST", f"/api/admin/persons/{one}/roles", given)).status == 201
    client = browser()
    await client.sign_in("alice@x.fr")

    async def found(who: Client, role: str) -> list[str]:
        answer = await who.call("GET", "/api/admin/persons", params={"role": roles[role]})
        return [one["name"] for one in answer.body["items"]]

    assert (await client.call("GET", f"/api/admin/persons/{bob}/roles")).body["items"] == []
    assert await found(client, "referent") == []
    assert await found(administrator, "referent") == ["Bob"]
    assert await found(client, "administrator") == ["Alice"]
    assert {role["holders"] for role in (await client.call("GET", ROLES)).body["items"]} == {None}
    told = {role["code"]: role["holders"] for role in (await administrator.call("GET", ROLES)).body["items"]}
    assert told["referent"] == 1
