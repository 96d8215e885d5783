"""One pass, by the role that owns the tables: what was deleted before it began is on the disk of the database no more.

older transactions end -> tables with deletions rewritten, their statistics made again -> older ones end again
-> statistics rewritten -> the write-ahead log ended -> told: a row, a line of the journal

Each statement stands alone: a pass that is cut anywhere leaves a sound database, and the next one does the rest.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg
from sqlalchemy import text

from chatelet.audit import events, journal
from chatelet.kernel import clock
from chatelet.kernel.database import Database, fetch
from chatelet.kernel.identifiers import uuid7
from chatelet.privacy.disk import abandoned, relations, statistics, write_ahead
from chatelet.privacy.disk.errors import DiskCleaningForbidden, DiskCleaningUnderWay
from chatelet.privacy.disk.older import wait_for_older
from chatelet.privacy.disk.service import last
from chatelet.privacy.disk.tables import DiskCleaning

WRITE_AHEAD_LOG: Final = "write_ahead_log"
_LOCK: Final = 4_242_037
_KEPT: Final = 400  # passes told
_STATISTICS_SECONDS: Final = 5
_COUNTED_SECONDS: Final = 12.0  # an idle session tells what it deleted within ten
_HELD_SECONDS: Final = 0.5  # once tables were out of reach for so long in all, those who waited pass first
_BREATH_SECONDS: Final = 1.0
# What is not tried at each hour of a night: reason -> when it is tried again.
_AGAIN: Final = {"too_long": timedelta(days=6), "disk_full": timedelta(hours=20), "no_room": timedelta(hours=20)}
_RIGHTS: Final = """
SELECT pg_has_role('pg_read_all_stats', 'USAGE') AND has_function_privilege('pg_ls_waldir()', 'EXECUTE')
    AND has_function_privilege('pg_switch_wal()', 'EXECUTE') AND pg_has_role('pg_checkpoint', 'USAGE')
"""


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds: how long a table may be out of reach, and older transactions are waited for.

    `asked`: a person asked for this pass, so that tables that took too long are tried again. `folder`: that of the
    server's data, where it is on this machine: its free room and its files are looked at.
    """

    table: int
    older: float = 300.0
    asked: bool = False
    folder: Path | None = None


@dataclass(slots=True)
class _Pass:
    began_at: datetime
    rewritten: int = 0
    bytes: int = 0
    held: float = 0.0
    left: dict[str, Any] = field(default_factory=dict[str, Any])
    marks: dict[str, Any] = field(default_factory=dict[str, Any])

    def leave(self, name: str, reason: str, tried_at: str | None = None) -> None:
        self.left[name] = {"reason": reason, "tried_at": tried_at or self.began_at.isoformat(timespec="seconds")}

    async def breathe(self) -> None:
        """Let those pass who waited, where tables were out of reach for a while."""
        if self.held >= _HELD_SECONDS:
            self.held = 0.0
            await asyncio.sleep(_BREATH_SECONDS)


async def clean(owner: Database, patience: Patience) -> DiskCleaning:
    """Clean; return what was done and left. Raises `DiskCleaningForbidden`, `DiskCleaningUnderWay`."""
    connection = await owner.connect()
    try:
        if not (await fetch(connection, _RIGHTS))[0][0]:
            raise DiskCleaningForbidden
        if not (await fetch(connection, "SELECT pg_try_advisory_lock($1::bigint)", _LOCK))[0][0]:
            raise DiskCleaningUnderWay
        async with owner.transaction() as session:
            before = await last(session)
        done, instant = _Pass(clock.now()), time.time()
        if await wait_for_older(connection, patience.older):
            await _tables(connection, done, patience, before)
            await _statistics(connection, done, patience, before)
            if patience.folder is not None:
                for name in await abandoned.files(connection, patience.folder, instant):
                    done.leave(name, "abandoned")
        else:
            done.leave("tables", "older_transactions")
            for name, (reason, tried_at) in _tried(before, done.began_at).items():
                done.leave(name, reason, tried_at)
            done.marks = dict(before.marks) if before else {}
        segments, reason = await write_ahead.end(connection)
        if reason is not None:
            done.leave(WRITE_AHEAD_LOG, reason)
    finally:
        await connection.close(timeout=10)  # pyright: ignore[reportUnknownMemberType]
    return await _told(owner, done, segments)


async def _tables(connection: asyncpg.Connection, done: _Pass, patience: Patience, before: DiskCleaning | None) -> None:
    marks: Mapping[str, Any] = before.marks if before else {}
    skipped = _tried(before, done.began_at) if not patience.asked else {}
    if marks:
        await asyncio.sleep(_COUNTED_SECONDS)
    seen: dict[str, str] = {}
    for table in await relations.speaking(connection):
        if table.name in skipped:
            done.leave(table.name, *skipped[table.name])
        elif table.is_as(marks):
            seen[table.name] = table.changes
        elif (reason := await _again(connection, done, table.name, patience)) is not None:
            done.leave(table.name, reason)
        else:
            done.rewritten += 1
            done.bytes += table.bytes
            seen[table.name] = table.changes
    done.marks = dict(await relations.marks_of(connection, seen))


async def _again(connection: asyncpg.Connection, done: _Pass, name: str, patience: Patience) -> str | None:
    reason = await _rewrite(connection, done, name, patience.table, patience.folder)
    return reason or await statistics.make_again(connection, name)


async def _rewrite(
    connection: asyncpg.Connection, done: _Pass, name: str, seconds: int, folder: Path | None
) -> str | None:
    if folder is not None and not await relations.has_room(connection, name, folder):
        return "no_room"
    await done.breathe()
    began = time.monotonic()
    try:
        return await relations.rewrite(connection, name, seconds)
    finally:
        done.held += time.monotonic() - began


def _tried(before: DiskCleaning | None, now: datetime) -> dict[str, tuple[str, str]]:
    """Return what was tried too lately to be tried again: the reason it was left for, and when it was tried."""
    left = before.left_over if before else {}
    return {
        name: (told["reason"], told["tried_at"])
        for name, told in left.items()
        if now - datetime.fromisoformat(told["tried_at"]) < _AGAIN.get(told["reason"], timedelta(0))
    }


async def _statistics(
    connection: asyncpg.Connection, done: _Pass, patience: Patience, before: DiskCleaning | None
) -> None:
    if not done.rewritten and before is not None and not before.left_over:
        return  # else an earlier pass may have made statistics again, and left the old ones
    if not await wait_for_older(connection, patience.older):
        done.leave("pg_statistic", "older_transactions")
        return
    skipped = _tried(before, done.began_at) if not patience.asked else {}
    for name in statistics.CATALOGS:
        if name in skipped:
            done.leave(name, *skipped[name])
            continue
        reason = await _rewrite(connection, done, name, _STATISTICS_SECONDS, patience.folder)
        if reason is not None:
            done.leave(name, reason)


async def _told(owner: Database, done: _Pass, segments: int) -> DiskCleaning:
    row = DiskCleaning(
        id=uuid7(),
        began_at=done.began_at,
        ended_at=clock.now(),
        rewritten=done.rewritten,
        bytes=done.bytes,
        segments=segments,
        left_over=done.left,
        marks=done.marks,
    )
    told = events.DiskCleaned(cleaning_id=row.id, tables=done.rewritten, segments=segments, left=len(done.left))
    async with owner.transaction() as session:
        session.add(row)
        await session.execute(
            text(
                "DELETE FROM disk_cleanings WHERE id NOT IN"
                " (SELECT id FROM disk_cleanings ORDER BY began_at DESC LIMIT :kept)"
            ),
            {"kept": _KEPT},
        )
        await journal.record(session, told, actor=None)
    return row
