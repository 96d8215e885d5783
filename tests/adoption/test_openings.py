"""Where the service opens in waves, who is let in; and what an installation without mail nor registration says."""

from typing import Any
from uuid import UUID

import pytest

from chatelet.adoption.cohorts.errors import ServiceNotOpen
from chatelet.adoption.cohorts.openings import OpeningGate
from chatelet.identity.principal import Principal
from chatelet.identity.rights import NO_RIGHTS, Right, Rights
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from tests.adoption.conftest import Tree
from tests.adoption.waves import activate, add, choose_all, codes, day, opened, waiting
from tests.identity.conftest import Client, MakePerson, OpenBrowser


def principal(person_id: UUID, *units: UUID, rights: Rights = NO_RIGHTS) -> Principal:
    return Principal(person_id, person_id, rights, frozenset(units), "fr", "Émilie", None, now())


async def enters(gate: OpeningGate, database: Database, caller: Principal) -> Any:
    async with database.driver_connection() as connection:
        try:
            await gate(connection, caller)
        except ServiceNotOpen as refused:
            return refused.params
    return "in"


async def test_a_unit_opens_on_its_day_with_all_under_it(
    administrator: Client, database: Database, person: MakePerson, tree: Tree
) -> None:
    gate, member = OpeningGate(), await person()
    caller = principal(member, tree.institute, tree.physics, tree.optics)
    assert await enters(gate, database, caller) == {}
    path = "/api/admin/adoption/openings"
    await administrator.call("POST", path, {"unit_id": str(tree.physics), "opens_on": day(3)})
    assert await enters(gate, database, caller) == {"opens_on": day(3)}, "a refusal is never remembered"
    await administrator.call("POST", path, {"unit_id": str(tree.physics), "opens_on": day()})
    assert (await administrator.call("GET", path)).body["items"] == [
        {"unit": {"id": str(tree.physics), "name": "Physique"}, "opens_on": day()}
    ]
    assert await enters(gate, database, caller) == "in"
    assert await enters(gate, database, principal(member, tree.history)) == {}
    await administrator.call("DELETE", f"{path}/{tree.physics}")
    assert await enters(gate, database, caller) == "in", "until the process is told"
    gate.forget("")
    assert await enters(gate, database, caller) == {}


async def test_members_of_a_wave_and_its_managers_are_in(
    administrator: Client, browser: OpenBrowser, database: Database, person: MakePerson, tree: Tree, sql: Any
) -> None:
    gate = OpeningGate()
    manager = Rights(frozenset(), {Right.WAVES_MANAGE: frozenset({tree.optics})})
    assert await enters(gate, database, principal(await person(), rights=manager)) == "in"
    await add(administrator, "ada@exemple.fr")
    wave = await opened(administrator)
    await choose_all(administrator, wave)
    for email, code in (await codes(administrator, wave)).items():
        await activate(browser(), email, code)
    (row,) = await sql("SELECT id FROM persons WHERE email = 'ada@exemple.fr'")
    assert await enters(gate, database, principal(row["id"])) == "in"


async def test_without_mail_everything_else_works(administrator: Client, client: Client, tree: Tree) -> None:
    assert (await client.call("GET", "/api/registration")).body == {"open": False, "mail": False, "domains": []}
    refused = await client.call("POST", "/api/registrations", {"email": "ada@exemple.fr", "name": "Ada"})
    assert (refused.status, refused.body["code"]) == (403, "registration_closed")
    assert (await client.call("POST", "/api/activations/links", {"email": "ada@exemple.fr"})).status == 202
    await add(administrator, "ada@exemple.fr")
    wave = await opened(administrator)
    path = f"/api/admin/cohorts/{wave}/messages"
    answer = await administrator.call("POST", path, {"kind": "invitation"})
    assert (answer.status, answer.body["code"]) == (409, "mail_not_configured")
    (listed,) = await waiting(administrator)
    assert (await administrator.call("DELETE", f"/api/admin/volunteers/{listed['id']}")).status == 204
    assert await waiting(administrator) == []


async def test_the_file_of_codes_runs_nothing(administrator: Client, tree: Tree) -> None:
    people = [{"email": "x@exemple.fr", "name": "=1+1", "unit": "PHY"}]
    await administrator.call("POST", "/api/admin/volunteers", {"volunteers": people})
    wave = await opened(administrator)
    await choose_all(administrator, wave)
    told = (await administrator.call("POST", f"/api/admin/cohorts/{wave}/codes")).body
    assert told["address"] == "http://127.0.0.1:8000/#/activation"
    assert f"'=1+1;x@exemple.fr;Physique;{told['items'][0]['code']};" in told["csv"]


@pytest.mark.parametrize("body", [{"capacity": 0}, {"closes_on": "2026-02-30"}, {"name": "\u0007"}])
async def test_a_wave_that_makes_no_sense_is_refused(administrator: Client, body: dict[str, Any]) -> None:
    given = {"name": "X", "capacity": 1, "opens_on": day(), "closes_on": day(), **body}
    assert (await administrator.call("POST", "/api/admin/cohorts", given)).status == 422
