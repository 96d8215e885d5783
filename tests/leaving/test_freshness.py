"""What came after an export makes it stale, whoever brought it; what the machine tells of itself does not."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sqlalchemy import text

from chatelet.audit import commands as journal_commands
from chatelet.audit import events, journal
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.leaving import erasing
from chatelet.leaving import export as exporting
from chatelet.leaving.erasing import Wanted, check_fresh
from chatelet.leaving.errors import ExitExportStale, ExitServiceRunning
from chatelet.leaving.export import Exporting
from chatelet.privacy.services import PrivacyServices
from chatelet.settings import Settings
from tests.leaving.test_manifest import manifest_of
from tests.persons import create_person

PASSWORD = "Les comètes reviennent en 1759"


async def test_what_nobody_did_counts_too_and_housekeeping_does_not(database: Database, tmp_path: Path) -> None:
    services = cast("PrivacyServices", SimpleNamespace(database=database))
    made = manifest_of()
    wanted = Wanted(tmp_path, made.made_at.date(), (made, "a" * 64))
    with pytest.raises(ExitExportStale) as refused:
        await check_fresh(services, wanted)
    assert refused.value.params == {"reason": "another_installation"}
    begun = events.ExitErasureBegun(report_id=uuid7(), export_id=made.id, days=0, rows=1, keys=0, blobs=0)
    async with database.transaction() as session:
        await journal.record(session, events.ExitExported(export_id=made.id, recipient="b" * 16), actor=None)
    async with database.transaction() as session:
        await journal.record(session, begun, actor=None)
    await check_fresh(services, wanted)
    async with database.transaction() as session:
        await create_person(session, email="ada@exemple.fr", name="Ada", password=PASSWORD, is_administrator=False)
        assert await session.scalar(text("SELECT count(*) FROM journal_events WHERE actor IS NOT NULL")) == 0
    with pytest.raises(ExitExportStale) as refused:
        await check_fresh(services, wanted)
    assert refused.value.params == {"acts": 1}


def test_housekeeping_is_of_the_journals_own_words() -> None:
    assert set(erasing.HOUSEKEEPING) <= set(events.EVENTS)


async def test_whoever_is_connected_is_seen_whatever_the_role(database: Database, owner_database: Database) -> None:
    """The owner may not read what kind of backend another role has."""
    async with database.transaction() as session:
        await session.execute(text("SELECT 1"))
        with pytest.raises(ExitServiceRunning):
            await erasing.check_others(owner_database)
    await database.close()
    async with asyncio.timeout(60):  # its backend ends a moment after its connection
        while await _is_refused(owner_database):
            await asyncio.sleep(0.05)


async def _is_refused(owner: Database) -> bool:
    try:
        await erasing.check_others(owner)
    except ExitServiceRunning:
        return True
    return False


async def test_the_head_of_an_export_is_older_than_its_journal(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside a running service a seal may come between the two copies."""
    kept = tmp_path / "data" / "journal"
    kept.mkdir(parents=True)
    (kept / "head.json").write_text("before")
    (kept / "public_keys.pem").write_text("keys")

    async def sealed_meanwhile(database: Database, path: Path) -> int:
        path.write_text("journal")
        (kept / "head.json").write_text("after")
        return 1

    monkeypatch.setattr(journal_commands, "copy_to", sealed_meanwhile)
    (tmp_path / "export").mkdir()
    settings = Settings(data_dir=tmp_path / "data")
    services = cast("PrivacyServices", SimpleNamespace(database=database, settings=settings))
    work = Exporting(services, tmp_path / "export", cast("exporting.X25519PublicKey", None))
    await exporting.add_journal(work)
    assert (tmp_path / "export" / "journal" / "head.json").read_text() == "before"
    assert (tmp_path / "export" / "journal" / "public_keys.pem").read_text() == "keys"
