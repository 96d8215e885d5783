"""TA-124: months beyond the retention leave; the chain still proves that nothing else is missing."""

from datetime import timedelta
from pathlib import Path
from typing import cast
from uuid import UUID

import msgspec
import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chatelet.audit import commands, expiry, journal, sealing
from chatelet.audit.errors import PurgeTooEarly, RetentionTooShort
from chatelet.audit.events import ConversationDeleted, JournalPurged
from chatelet.audit.forwarding import cursor
from chatelet.audit.forwarding.cursor import Cursor
from chatelet.audit.report import Reason
from chatelet.backups import last
from chatelet.commands import endings
from chatelet.commands.check import journal_ending as endings_told
from chatelet.commands.check import pruning as pruning_told
from chatelet.commands.database import Addresses
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.supervisor import EmbeddedPostgres
from chatelet.kernel.identifiers import uuid7, uuid7_at
from chatelet.settings import Settings
from tests.audit.conftest import Sealer

LONG_AGO = clock.now() - timedelta(days=400)
MONTH = LONG_AGO.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
NEXT_MONTH = (MONTH + timedelta(days=32)).replace(day=1)


async def _insert(connection: AsyncConnection, count: int, identifier: UUID | None = None) -> None:
    """Write events as the application did then: in their month."""
    for number in range(count):
        at = UUID(int=identifier.int + number) if identifier else None
        row = journal.draft(ConversationDeleted(conversation_id=uuid7()), actor=None, identifier=at)
        await connection.exec_driver_sql(journal._INSERT, journal._parameters(row))


@pytest.fixture
async def aged(owner_database: Database, database: Database, sealer: Sealer) -> Database:
    """A journal of 10 links for events of thirteen months ago, then 5 of today; partitions of links of 10."""
    async with owner_database.transaction() as session:
        connection = await session.connection()
        await connection.exec_driver_sql(
            f"CREATE TABLE journal_events_old PARTITION OF journal_events "
            f"FOR VALUES FROM ('{uuid7_at(MONTH)}') TO ('{uuid7_at(NEXT_MONTH)}')"
        )
        await connection.exec_driver_sql("DROP TABLE journal_links_p0")
        await connection.exec_driver_sql(
            "CREATE TABLE journal_links_p0 PARTITION OF journal_links FOR VALUES FROM (1) TO (11)"
        )
    async with database.transaction() as session:
        await _insert(await session.connection(), 10, uuid7_at(MONTH + timedelta(days=3)))
    await _link_and_seal(database, sealer)
    async with database.transaction() as session:
        await _insert(await session.connection(), 5)
    return database


async def _link_and_seal(database: Database, sealer: Sealer) -> None:
    from chatelet.audit.chain import link_all

    await link_all(database)
    await sealing.seal(database, sealer.key, sealer.trusted, segment=10)


async def _verify(database: Database, sealer: Sealer) -> commands.Outcome:
    return await commands.verify(database, public_keys=sealer.public_keys)


async def _tables(database: Database) -> set[str]:
    async with database.transaction() as session:
        found = await (await session.connection()).exec_driver_sql(
            "SELECT relname::text FROM pg_class WHERE relname LIKE 'journal%' AND relkind = 'r'"
        )
        return set(found.scalars())


async def test_an_old_month_leaves_and_the_journal_stays_whole(
    aged: Database, owner_database: Database, sealer: Sealer
):
    await _link_and_seal(aged, sealer)
    told = await expiry.expire(owner_database, retention_days=365)
    assert told == JournalPurged(before=uuid7_at(NEXT_MONTH), retention_days=365, events=10, links_through=10)
    assert not {"journal_events_old", "journal_links_p0"} & await _tables(aged)
    assert (await _verify(aged, sealer)).exit_code == 1  # until the purge itself is in the chain
    await _link_and_seal(aged, sealer)
    outcome = await _verify(aged, sealer)
    assert outcome.report is not None
    assert (outcome.exit_code, outcome.report.first_seq, outcome.report.last_seq) == (0, 11, 16)
    assert outcome.report.purged_before == NEXT_MONTH
    assert "Purged, and told by the journal" in outcome.text
    assert await expiry.expire(owner_database, retention_days=365) is None


async def test_links_whose_partition_also_names_younger_events_stay(
    aged: Database, owner_database: Database, sealer: Sealer
):
    async with owner_database.transaction() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("ALTER TABLE journal_links DETACH PARTITION journal_links_p0")
        await connection.exec_driver_sql(
            "CREATE TABLE journal_links_whole PARTITION OF journal_links FOR VALUES FROM (1) TO (13)"
        )
        await connection.exec_driver_sql("INSERT INTO journal_links SELECT * FROM journal_links_p0")
        await connection.exec_driver_sql("DROP TABLE journal_links_p0")
    await _link_and_seal(aged, sealer)
    told = await expiry.expire(owner_database, retention_days=365)
    assert told is not None
    assert (told.events, told.links_through) == (10, 0)
    await _link_and_seal(aged, sealer)
    outcome = await _verify(aged, sealer)
    assert outcome.report is not None
    assert (outcome.exit_code, outcome.report.first_seq, outcome.report.purged) == (0, 1, 10)


async def test_what_is_not_sealed_does_not_leave(aged: Database, owner_database: Database, sealer: Sealer):
    async with aged.transaction() as session:
        await _insert(await session.connection(), 1, uuid7_at(MONTH + timedelta(days=4)))
    with pytest.raises(PurgeTooEarly):
        await expiry.expire(owner_database, retention_days=365)
    await _link_and_seal(aged, sealer)
    assert await expiry.expire(owner_database, retention_days=365) is not None


async def test_what_the_collector_was_not_given_does_not_leave(aged: Database, owner_database: Database):
    """TA-127: an outage longer than the retention loses nothing either."""
    there = "tls://siem.example.org:6514"
    for seq in (0, 9):
        async with aged.transaction() as session:
            await cursor.keep(await session.connection(), there, Cursor(seq=seq, tried_at=clock.now()))
        with pytest.raises(PurgeTooEarly) as refused:
            await expiry.expire(owner_database, retention_days=365, collector=there)
        assert refused.value.params["collector"] == there
    async with aged.transaction() as session:
        await cursor.keep(await session.connection(), there, Cursor(seq=10, tried_at=clock.now()))
    assert await expiry.expire(owner_database, retention_days=365, collector=there) is not None


async def test_the_retention_has_a_floor(aged: Database, owner_database: Database):
    with pytest.raises(RetentionTooShort):
        await expiry.expire(owner_database, retention_days=179)
    outcome = await commands.expire(owner_database, retention_days=10)
    assert (outcome.exit_code, "least: 180" in outcome.text) == (2, True)


async def test_the_application_cannot_purge(aged: Database, sealer: Sealer):
    await _link_and_seal(aged, sealer)
    with pytest.raises(DBAPIError):
        await expiry.expire(aged, retention_days=365)
    assert "journal_events_old" in await _tables(aged)


async def test_a_purge_that_the_journal_does_not_tell_is_found(aged: Database, intruder: AsyncEngine, sealer: Sealer):
    await _link_and_seal(aged, sealer)
    async with intruder.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE journal_events_old")
    outcome = await _verify(aged, sealer)
    assert outcome.report is not None
    assert outcome.report.problem is not None
    assert (outcome.report.problem.reason, outcome.report.problem.seq) == (Reason.EVENT_MISSING, 1)


async def test_a_purge_that_came_too_early_is_found(aged: Database, intruder: AsyncEngine, sealer: Sealer):
    """An intruder who has the application tell of a purge does not hide behind it."""
    for before, days in ((uuid7(), 365), (uuid7(), 0), (uuid7_at(NEXT_MONTH), 3_650)):
        async with aged.transaction() as session:
            told = JournalPurged(before=before, retention_days=days, events=1)
            await journal.record(session, told, actor=None)
    await _link_and_seal(aged, sealer)
    async with intruder.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM journal_events WHERE name = 'conversation.deleted'")
    outcome = await _verify(aged, sealer)
    assert outcome.report is not None
    assert outcome.report.problem is not None
    assert (outcome.report.problem.reason, outcome.report.problem.seq) == (Reason.PURGE_TOO_EARLY, 16)


async def test_a_purge_hides_nothing_that_came_after_its_bound(
    aged: Database, owner_database: Database, intruder: AsyncEngine, sealer: Sealer
):
    await _link_and_seal(aged, sealer)
    await expiry.expire(owner_database, retention_days=365)
    await _link_and_seal(aged, sealer)
    async with intruder.begin() as connection:
        await connection.exec_driver_sql(
            "DELETE FROM journal_events WHERE id = (SELECT event_id FROM journal_links WHERE seq = 13)"
        )
    outcome = await _verify(aged, sealer)
    assert outcome.report is not None
    assert outcome.report.problem is not None
    assert (outcome.report.problem.reason, outcome.report.problem.seq) == (Reason.EVENT_MISSING, 13)


async def test_the_keeper_of_the_embedded_database_ends_the_months_that_are_over(
    aged: Database, addresses: tuple[str, str], sealer: Sealer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    settings, (owner, application) = Settings(data_dir=tmp_path), addresses
    await _link_and_seal(aged, sealer)
    assert await endings.months_late(aged) == 1
    assert endings_told(1, "external").remedy.startswith("chatelet audit expire")
    with pytest.raises(DBAPIError):
        await endings.end_months(settings, application)  # the application's role can delete nothing
    elsewhere = endings.JournalEnding(settings, Addresses(owner, application), first=0)
    elsewhere.look()
    assert elsewhere.running is None, "an external database is its administrator's"
    monkeypatch.setattr(clock, "jump", lambda: timedelta(days=400))
    assert await endings.end_months(settings, owner) is None
    assert "journal_events_old" in await _tables(aged)
    monkeypatch.setattr(clock, "jump", lambda: timedelta(0))
    ours = endings.JournalEnding(settings, Addresses(owner, application, cast("EmbeddedPostgres", object())), first=0)
    ours.look()
    begun = ours.running
    assert begun is not None
    await begun
    ours.look()
    assert ours.running is begun, "once a day"
    assert "journal_events_old" not in await _tables(aged)
    assert await endings.months_late(aged) == 0
    assert endings_told(0, "embedded").state == "present"
    await _link_and_seal(aged, sealer)
    assert (await _verify(aged, sealer)).exit_code == 0


async def test_what_cannot_leave_is_logged_and_the_service_goes_on(
    aged: Database, addresses: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    async with aged.transaction() as session:
        await _insert(await session.connection(), 1, uuid7_at(MONTH + timedelta(days=4)))  # not sealed
    ours = endings.JournalEnding(
        Settings(data_dir=tmp_path), Addresses(*addresses, cast("EmbeddedPostgres", object())), first=0
    )
    ours.look()
    assert ours.running is not None
    await ours.running
    assert "purge_too_early" in "".join(capsys.readouterr())
    assert "journal_events_old" in await _tables(aged)


def test_pruning_that_nobody_does_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    settings = Settings(data_dir=tmp_path)
    assert not endings.pruning_is_late(settings), "without any backup nothing outlives anything"
    (tmp_path / "backups").mkdir()
    made = last.Last(uuid7(), clock.now(), 1, 0, 0)
    (tmp_path / "backups" / "last.json").write_bytes(msgspec.json.encode(made))
    assert endings.pruning_is_late(settings)
    (told,) = pruning_told(settings)
    assert (told.state, "never" in told.detail, "prune" in told.remedy) == ("degraded", True, True)
    last.note_pruned(settings)
    assert list(pruning_told(settings)) == []
    moment = clock.now() + timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert "the last on" in next(pruning_told(settings)).detail
