"""Linking: exactly what was committed, once, whatever the order and the length of transactions."""

import asyncio
import random
from uuid import UUID

import pytest

from chatelet.audit import chain, events, journal
from chatelet.audit.commands import examine
from chatelet.audit.reading import frozen_view
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from tests.audit.conftest import Sealer
from tests.audit.samples import some_events


class _Undone(Exception):
    pass


async def _rows(database: Database, sql: str) -> list[tuple]:
    async with database.transaction() as session:
        return [tuple(row) for row in await (await session.connection()).exec_driver_sql(sql)]


async def _objects_of_links(database: Database) -> list[str]:
    sql = "SELECT e.object_id FROM journal_links l JOIN journal_events e ON e.id = l.event_id ORDER BY l.seq"
    return [row[0] for row in await _rows(database, sql)]


async def _write(database: Database, identifiers: list[UUID], *, pause: float = 0, undone: bool = False) -> None:
    async with database.transaction() as session:
        for identifier in identifiers:
            await journal.record(session, events.ConversationDeleted(conversation_id=identifier), actor=None)
            await asyncio.sleep(pause)
        if undone:
            raise _Undone


async def test_an_event_is_kept_with_its_change_or_not_at_all(database: Database):
    with pytest.raises(_Undone):
        await _write(database, [uuid7()], undone=True)
    assert await chain.link(database) == 0
    assert await _rows(database, "SELECT 1 FROM journal_events UNION ALL SELECT 1 FROM journal_pending") == []


async def test_twenty_transactions_at_once_lose_nothing(addresses: tuple[str, str], sealer: Sealer):
    """Two linkers race while transactions commit in any order or roll back."""
    database, dice = Database(addresses[1], pool_size=24), random.Random(7)
    committed: list[str] = []
    writing = True

    async def person() -> None:
        for _ in range(6):
            identifiers, undone = [uuid7() for _ in range(dice.randint(1, 4))], dice.random() < 0.3
            try:
                await _write(database, identifiers, pause=dice.random() * 0.02, undone=undone)
                committed.extend(str(identifier) for identifier in identifiers)
            except _Undone:
                pass

    async def linker() -> None:
        while writing:
            await chain.link(database)
            await asyncio.sleep(0.005)

    linkers = [asyncio.create_task(linker()) for _ in range(2)]
    await asyncio.gather(*(person() for _ in range(20)))
    writing = False
    await asyncio.gather(*linkers)
    await sealer.link_and_seal(database)
    found = await _objects_of_links(database)
    assert len(found) == len(committed) > 100
    assert set(found) == set(committed)
    async with frozen_view(database) as view:
        report = await examine(view, sealer.trusted)
    assert (report.verdict, report.last_seq, report.waiting) == ("intact", len(committed), 0)
    await database.close()


async def test_a_transaction_that_ends_late_is_linked_when_it_ends(database: Database, sealer: Sealer):
    early, late = uuid7(), uuid7()
    async with database.transaction() as session:
        await journal.record(session, events.ConversationDeleted(conversation_id=late), actor=None)
        await _write(database, [early])
        await sealer.link_and_seal(database)
        assert await _objects_of_links(database) == [str(early)]
    await sealer.link_and_seal(database)
    assert await _objects_of_links(database) == [str(early), str(late)]


async def test_more_than_a_batch_is_linked_in_order(database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chain, "BATCH", 10)
    async with database.transaction() as session:
        await journal.record_all(session, [event for event, _ in some_events(25)], actor=None)
    assert await chain.link(database) == 10
    assert await chain.link_all(database) == 15
    assert await chain.link_all(database) == 0
    assert [row[0] for row in await _rows(database, "SELECT seq FROM journal_links ORDER BY seq")] == list(range(1, 26))
    ids = [row[0] for row in await _rows(database, "SELECT event_id FROM journal_links ORDER BY seq")]
    assert ids == sorted(ids)


async def test_an_event_put_back_in_the_queue_is_not_linked_twice(database: Database, sealer: Sealer):
    await _write(database, [uuid7()])
    await sealer.link_and_seal(database)
    async with database.transaction() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("INSERT INTO journal_pending SELECT id FROM journal_events")
    assert await chain.link(database) == 0
    assert len(await _objects_of_links(database)) == 1
    assert await _rows(database, "SELECT 1 FROM journal_pending") == []
