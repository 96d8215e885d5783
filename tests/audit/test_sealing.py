"""Seals, heads and keys: what is signed, what refuses to be, and what a sealer finds when it wakes up."""

import asyncio
import json
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy.ext.asyncio import AsyncEngine

from chatelet.audit import chain, commands, journal, keys, sealing
from chatelet.audit.errors import HeadUnusable, JournalBroken, PublicKeysUnusable, SealKeyUnusable
from chatelet.audit.head import Head, read_head
from chatelet.audit.sealer import Pace, seal_forever
from chatelet.audit.standing import Standing, standing
from chatelet.kernel.database import Database
from tests.audit.conftest import Sealer
from tests.audit.samples import some_events

QUICK = Pace(pass_seconds=0.01, seal_links=5, seal_seconds=0.05)


async def _write(database: Database, count: int) -> None:
    async with database.transaction() as session:
        await journal.record_all(session, [event for event, _ in some_events(count)], actor=None)


async def _names(database: Database) -> list[str]:
    async with database.transaction() as session:
        rows = await (await session.connection()).exec_driver_sql("SELECT name FROM journal_events ORDER BY id")
        return list(rows.scalars())


@asynccontextmanager
async def _running(database: Database, sealer: Sealer, pace: Pace = QUICK) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(seal_forever(database, sealer.key, sealer.folder, stop=stop, pace=pace))
    yield
    stop.set()
    await task


async def _standing(database: Database, *, sealed: int) -> Standing:
    """Wait until the seals reach `sealed`."""
    async with asyncio.timeout(30):
        while True:
            async with database.transaction() as session:
                found = await standing(session)
            if found.sealed_seq >= sealed:
                return found
            await asyncio.sleep(0.01)


async def _verify(database: Database, sealer: Sealer) -> commands.Outcome:
    return await commands.verify(database, public_keys=sealer.public_keys, head=sealer.head)


async def test_the_sealer_links_seals_and_publishes_the_head(database: Database, sealer: Sealer):
    async with _running(database, sealer):
        for _ in range(5):
            await _write(database, 3)
            await asyncio.sleep(0.03)
        await _write(database, 3)  # linked and sealed by the clean stop
    outcome = await _verify(database, sealer)
    assert outcome.report is not None
    assert (outcome.exit_code, outcome.report.last_seq, outcome.report.sealed_seq) == (0, 18, 18)
    assert read_head(sealer.head, sealer.trusted).seq == 18


async def test_an_idle_sealer_seals_what_a_dead_one_linked(database: Database, sealer: Sealer):
    async with _running(database, sealer):
        await _write(database, 3)
        await chain.link_all(database)  # as another process, dead since
        found = await _standing(database, sealed=3)
    assert found == Standing(0, 3, 3, read_head(sealer.head, sealer.trusted).sealed_at)


async def test_two_sealers_share_the_work(database: Database, sealer: Sealer):
    async with _running(database, sealer), _running(database, sealer):
        for _ in range(10):
            await _write(database, 2)
            await asyncio.sleep(0.01)
    assert (await _verify(database, sealer)).exit_code == 0


async def test_death_between_link_and_seal_changes_nothing(database: Database, sealer: Sealer, sealed: Head):
    await _write(database, 3)
    await chain.link_all(database)  # and then nothing: the process is dead
    assert (await _verify(database, sealer)).exit_code == 0
    await _write(database, 2)
    async with _running(database, sealer):
        pass
    outcome = await _verify(database, sealer)
    assert outcome.report is not None
    assert (outcome.exit_code, outcome.report.sealed_seq) == (0, 17)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("UPDATE journal_links SET digest = sha256('a') WHERE seq = 14", "chain"),
        ("DELETE FROM journal_links WHERE seq = 13", "chain"),
        ("UPDATE journal_seals SET chain_hash = sha256('a') WHERE seq = 12", "seal"),
        ("UPDATE journal_seals SET key_id = 'aaaaaaaaaaaaaaaa' WHERE seq = 12", "unknown_key"),
    ],
)
async def test_a_chain_that_does_not_hold_is_not_signed(
    database: Database, intruder: AsyncEngine, sealer: Sealer, sealed: Head, change: str, reason: str
):
    await _write(database, 3)
    await chain.link_all(database)
    async with intruder.begin() as connection:
        await connection.exec_driver_sql(change)
    with pytest.raises(JournalBroken) as broken:
        await sealing.seal(database, sealer.key, sealer.trusted)
    assert broken.value.params["reason"] == reason
    sealer.head.unlink()
    async with _running(database, sealer):
        await asyncio.sleep(0.1)  # it says so and goes on linking
        await _write(database, 1)
    async with database.transaction() as session:
        connection = await session.connection()
        assert (await connection.exec_driver_sql("SELECT count(*) FROM journal_pending")).scalar_one() == 0
        assert (await connection.exec_driver_sql("SELECT count(*) FROM journal_seals")).scalar_one() == 3


async def test_a_journal_behind_its_head_is_told_and_the_head_kept(
    database: Database, intruder: AsyncEngine, sealer: Sealer, sealed: Head
):
    """A backup was restored, or the end was cut off: the journal goes on, and says so for ever."""
    async with intruder.begin() as connection:
        await connection.exec_driver_sql(
            "DELETE FROM journal_events WHERE id IN (SELECT event_id FROM journal_links WHERE seq > 8)"
        )
        await connection.exec_driver_sql("DELETE FROM journal_links WHERE seq > 8")
        await connection.exec_driver_sql("DELETE FROM journal_seals WHERE seq > 8")
    assert (await _verify(database, sealer)).exit_code == 1
    async with _running(database, sealer):
        await asyncio.sleep(0.1)
    assert (await _names(database))[-1] == "journal.rewound"
    assert (await _verify(database, sealer)).exit_code == 0
    lost = sealer.folder / "head-12-lost.json"
    assert (await commands.verify(database, public_keys=sealer.public_keys, head=lost)).exit_code == 1


async def test_a_new_key_is_told_and_old_seals_still_hold(database: Database, sealer: Sealer, sealed: Head):
    newer = keys.make_key(sealer.folder / "newer.pem")
    async with _running(database, replace(sealer, key=newer)):
        await _write(database, 1)
    assert (await _names(database)).count("journal.key_changed") == 1
    assert (await _verify(database, sealer)).exit_code == 0
    old_only = sealer.folder / "old.pem"
    old_only.write_bytes(sealer.key.public_pem)
    outcome = await commands.verify(database, public_keys=old_only)
    assert (outcome.exit_code, "seal_unknown_key" in outcome.text) == (1, True)


async def test_a_seal_stands_at_the_end_of_each_partition(database: Database, sealer: Sealer):
    await _write(database, 23)
    await chain.link_all(database)
    assert await sealing.seal(database, sealer.key, sealer.trusted, segment=10) is not None
    assert await sealing.seal(database, sealer.key, sealer.trusted, segment=10) is None
    async with database.transaction() as session:
        found = await (await session.connection()).exec_driver_sql("SELECT seq FROM journal_seals ORDER BY seq")
        assert list(found.scalars()) == [10, 20, 23]
    outcome = await commands.verify(database, public_keys=sealer.public_keys)
    assert outcome.exit_code == 0


def test_the_private_key_is_made_once_and_closed_to_others(tmp_path: Path):
    key = keys.sealing_key(tmp_path, None)
    again = keys.sealing_key(tmp_path, None)
    file = tmp_path / "keys" / "journal_seal.pem"
    assert key is not None
    assert again is not None
    assert key.key_id == again.key_id
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert keys.make_key(file).key_id == key.key_id  # an existing key is never replaced
    assert [path.name for path in file.parent.iterdir()] == ["journal_seal.pem"]


def test_a_process_that_cannot_read_the_named_key_seals_nothing(tmp_path: Path):
    """TA-121: the key may be where the application server does not reach; it is not made in its place."""
    elsewhere = tmp_path / "elsewhere" / "seal.pem"
    assert keys.sealing_key(tmp_path, elsewhere) is None
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_a_key_is_refused(tmp_path: Path):
    wrong = tmp_path / "wrong.pem"
    for content in (
        b"",
        b"not a key",
        generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    ):
        wrong.write_bytes(content)
        with pytest.raises(SealKeyUnusable):
            keys.sealing_key(tmp_path, wrong)
        with pytest.raises(PublicKeysUnusable):
            keys.public_keys(wrong)
    with pytest.raises(PublicKeysUnusable):
        keys.public_keys(tmp_path / "absent.pem")


async def test_a_head_that_no_known_key_signed_anchors_nothing(database: Database, sealer: Sealer, sealed: Head):
    true = json.loads(sealer.head.read_text())
    forged = sealer.folder / "forged.json"
    changes = [{"seq": 99}, {"chain_hash": "00" * 32}, {"previous": "00" * 32}, {"key_id": "00"}, {"signature": "zz"}]
    for change in [*changes, {"sealed_at": "2020-01-01T00:00:00Z"}, {"sealed_at": "2020-01-01T00:00:00"}]:
        forged.write_text(json.dumps({**true, **change}))
        with pytest.raises(HeadUnusable):
            read_head(forged, sealer.trusted)
        outcome = await commands.verify(database, public_keys=sealer.public_keys, head=forged)
        assert (outcome.exit_code, outcome.report) == (2, None)


async def test_a_database_that_comes_back_is_waited_for(
    database: Database, intruder: AsyncEngine, addresses: tuple[str, str], sealer: Sealer
):
    async with _running(database, sealer):
        await _write(database, 2)
        async with intruder.begin() as connection:
            await connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await asyncio.sleep(0.1)
        writer = Database(addresses[1], pool_size=2)
        await _write(writer, 2)
        await _standing(writer, sealed=4)
        await writer.close()
    outcome = await _verify(database, sealer)
    assert outcome.report is not None
    assert (outcome.exit_code, outcome.report.last_seq) == (0, 4)
