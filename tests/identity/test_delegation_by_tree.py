"""Nobody gives by the tree more than they hold (TA-030): by moving a unit, by merging it, by a table."""

from typing import Any
from uuid import UUID

import pytest

from tests.identity.conftest import Client, MakePerson, OpenBrowser

from .imports.test_units_import import problems, send
from .test_units import UNITS, MakeUnit, delegate, unit

__all__ = ["unit"]
Tree = dict[str, str]


@pytest.fixture
async def tree(unit: MakeUnit) -> Tree:
    inst = await unit("INST")
    return {"INST": inst, "LABA": await unit("LABA", inst), "LABB": await unit("LABB", inst)}


@pytest.fixture
async def alice(
    administrator: Client, tree: Tree, person: MakePerson, browser: OpenBrowser
) -> Client:  # fmt: skip
    """Whoever holds `units.manage` alone on the whole tree, and administers LABA."""
    who = await person("alice@x.fr", "Alice")
    await role(administrator, "tree", "units.manage")
    await delegate(administrator, who, "tree", tree["INST"])
    await delegate(administrator, who, "administrator", tree["LABA"])
    client = browser()
    assert (await client.sign_in("alice@x.fr")).status == 201
    return client


async def role(administrator: Client, code: str, *rights: str) -> None:
    body = {"code": code, "name_fr": code, "name_en": code, "rights": rights}
    assert (await administrator.call("POST", "/api/admin/roles", body)).status == 201


async def member(administrator: Client, who: UUID, where: str) -> None:
    assert (await administrator.call("POST", f"/api/admin/persons/{who}/units", {"unit_id": where})).status == 201


async def parents(sql: Any) -> dict[str, str | None]:
    found = await sql(
        "SELECT u.code, p.code AS above, u.closed_at FROM units u LEFT JOIN units p ON p.id = u.parent_id"
    )
    return {row["code"]: row["above"] for row in found if row["closed_at"] is None}


async def test_units_manage_gives_no_other_right(
    alice: Client, administrator: Client, tree: Tree, person: MakePerson, sql: Any
) -> None:
    bob = await person("bob@x.fr", "Bob")
    await member(administrator, bob, tree["LABB"])
    before = await parents(sql)
    refused = [
        await alice.call("POST", f"{UNITS}/{tree['LABB']}/move", {"parent_id": tree["LABA"]}),
        await alice.call("POST", f"{UNITS}/{tree['LABB']}/merge", {"into_id": tree["LABA"]}),
        await alice.call("GET", f"{UNITS}/{tree['LABB']}/merge", params={"into": tree["LABA"]}),
        await alice.call("POST", f"{UNITS}/{tree['LABA']}/merge", {"into_id": tree["LABB"]}),
    ]
    assert {(one.status, one.body["code"]) for one in refused} == {(403, "unit_delegation_exceeded")}
    assert refused[0].body["params"]["right"] not in ("units.manage", "")
    for table, line in (("code;nom;parent\nLABB;B;LABA\n", 2), ("code;nom;parent\nN;N;LABA\nLABB;B;N\n", 3)):
        report = await send(alice, table)
        assert (report["applied"], problems(report)) == (False, [(line, "parent", "delegation_exceeded")])
    assert await parents(sql) == before
    assert (await alice.call("PATCH", f"/api/admin/persons/{bob}", {"state": "disabled"})).status in (403, 404)


async def test_nor_to_an_accomplice_nor_by_two_steps(
    alice: Client, administrator: Client, tree: Tree, unit: MakeUnit, person: MakePerson, sql: Any
) -> None:
    """A role of somebody else; and a unit that holds nothing between the two."""
    between = await unit("BETWEEN", tree["INST"])
    other = await unit("LABC", tree["INST"])
    await delegate(administrator, await person("carol@x.fr", "Carol"), "referent", other)
    refused = await alice.call("POST", f"{UNITS}/{tree['LABB']}/move", {"parent_id": other})
    assert (refused.status, refused.body["code"]) == (403, "unit_delegation_exceeded")
    assert (await alice.call("POST", f"{UNITS}/{tree['LABB']}/move", {"parent_id": between})).status == 200
    for parent in (tree["LABA"], other):
        assert (await alice.call("POST", f"{UNITS}/{between}/move", {"parent_id": parent})).status == 403
    assert (await parents(sql))["BETWEEN"] == "INST"


async def test_who_could_give_the_roles_moves_and_merges(
    alice: Client, administrator: Client, tree: Tree, unit: MakeUnit, person: MakePerson, sql: Any
) -> None:
    """Within LABA, where Alice holds everything; and whoever runs the installation, anywhere."""
    below, team = await unit("A1", tree["LABA"]), await unit("A2", tree["LABA"])
    carol = await person("carol@x.fr", "Carol")
    await delegate(administrator, carol, "referent", below)
    assert (await alice.call("POST", f"{UNITS}/{team}/move", {"parent_id": below})).status == 200
    assert (await send(alice, "code;nom;parent\nA2;A2;LABA\n"))["applied"] is True
    assert (await alice.call("POST", f"{UNITS}/{below}/merge", {"into_id": team})).status == 200
    assert (await alice.call("POST", f"{UNITS}/{tree['LABB']}/move", {"parent_id": tree["INST"]})).status == 200
    moved = await administrator.call("POST", f"{UNITS}/{tree['LABB']}/move", {"parent_id": tree["LABA"]})
    assert moved.status == 200, moved.body
    assert (await send(administrator, "code;nom;parent\nLABB;B;A2\n"))["applied"] is True
    assert (await parents(sql))["LABB"] == "A2"


async def test_a_role_that_ended_gives_nothing(
    alice: Client, administrator: Client, tree: Tree, unit: MakeUnit, person: MakePerson, sql: Any
) -> None:
    other = await unit("LABC", tree["INST"])
    await delegate(administrator, await person("carol@x.fr", "Carol"), "referent", other)
    await sql("UPDATE grants SET expires_at = now() - interval '1 day' WHERE unit_id = :unit", unit=UUID(other))
    assert (await alice.call("POST", f"{UNITS}/{tree['LABB']}/move", {"parent_id": other})).status == 200
