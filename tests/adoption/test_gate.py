"""The charter at the door of a turn: refused until accepted, remembered after, asked again when it changes."""

from typing import Any
from uuid import UUID

import pytest

from chatelet.adoption.charter import queries
from chatelet.adoption.charter.errors import CharterNotAccepted
from chatelet.adoption.charter.gate import CharterGate
from chatelet.identity.principal import Principal
from chatelet.identity.rights import NO_RIGHTS
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from tests.adoption.test_charter import accept, publish
from tests.identity.conftest import Client, MakePerson, OpenBrowser


def principal(person_id: UUID, units: frozenset[UUID] = frozenset()) -> Principal:
    return Principal(person_id, person_id, NO_RIGHTS, units, "fr", "Émilie", None, now())


async def ask(gate: CharterGate, database: Database, caller: Principal) -> None:
    async with database.driver_connection() as connection:
        await gate(connection, caller)


@pytest.fixture
def statements(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the gate says to PostgreSQL."""
    said: list[str] = []
    fetch = queries.fetch

    async def noted(executor: Any, statement: str, *parameters: object) -> Any:
        said.append(statement)
        return await fetch(executor, statement, *parameters)

    monkeypatch.setattr(queries, "fetch", noted)
    return said


async def test_one_statement_then_none(database: Database, person: MakePerson, statements: list[str]) -> None:
    caller, moment = principal(await person()), [0.0]
    gate = CharterGate(lambda: moment[0])
    for _ in range(3):
        await ask(gate, database, caller)
    assert len(statements) == 1
    moment[0] += 301
    await ask(gate, database, caller)
    assert len(statements) == 2, "five minutes bound what a lost notification costs"


async def test_refused_until_accepted_and_again_after_a_publication(
    administrator: Client, browser: OpenBrowser, database: Database, person: MakePerson, statements: list[str]
) -> None:
    caller, gate = principal(await person()), CharterGate()
    client = browser()
    await client.sign_in("emilie@chatelet.fr")
    await ask(gate, database, caller)
    await publish(administrator)
    gate.forget("")
    for _ in range(2):
        with pytest.raises(CharterNotAccepted):
            await ask(gate, database, caller)
    await accept(client)
    await ask(gate, database, caller)
    statements.clear()
    await ask(gate, database, caller)
    assert statements == []
    await publish(administrator, after=1, fr="Autre")
    gate.forget("")
    with pytest.raises(CharterNotAccepted):
        await ask(gate, database, caller)


async def test_a_publication_while_the_gate_reads_is_not_forgotten(
    administrator: Client, database: Database, person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, gate, read = principal(await person()), CharterGate(), queries.standing

    async def slow(*given: Any) -> Any:
        found = await read(*given)
        await publish(administrator)
        gate.forget("")
        return found

    monkeypatch.setattr(queries, "standing", slow)
    await ask(gate, database, caller)
    monkeypatch.setattr(queries, "standing", read)
    with pytest.raises(CharterNotAccepted):
        await ask(gate, database, caller)


async def test_other_units_are_another_question(
    administrator: Client, database: Database, person: MakePerson, tree: Any, join: Any
) -> None:
    member = await person()
    gate = CharterGate()
    await publish(administrator, unit=tree.physics, fr="Physique")
    await ask(gate, database, principal(member))
    await join(member, tree.optics)
    units = frozenset({tree.institute, tree.physics, tree.optics})
    with pytest.raises(CharterNotAccepted):
        await ask(gate, database, principal(member, units))
