"""One pass, by the role that owns the tables: what was deleted before it began is on the disk of the database no more.

older transactions end -> tables with deletions rewritten, their statistics made again -> older ones end again
-> statistics rewritten -> the write-ahead log ended -> told: a row, a line of the journal

Each statement stands alone: a pass that is cut anywhere leaves a sound database, and the next one does the rest.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import asyncpg
from sqlalchemy import text

from chatelet.audit import events, journal
from chatelet.kernel import clock
from chatelet.kernel.database import Database, fetch
from chatelet.kernel.identifiers import uuid7
from chatelet.privacy.disk import relations, statistics, write_ahead
from chatelet.privacy.disk.errors import DiskCleaningForbidden, DiskCleaningUnderWay
from chatelet.privacy.disk.older import wait_for_older
from chatelet.privacy.disk.service import last
from chatelet.privacy.disk.tables import DiskCleaning

WRITE_AHEAD_LOG: Final = "write_ahead_log"
_LOCK: Final = 4_242_037
_KEPT: Final = 400  # passes told
_STATISTICS_SECONDS: Final = 5
_COUNTED_SECONDS: Final = 12.0  # an idle session tells what it deleted within ten
_AGAIN: Final = timedelta(days=6)  # a table that takes too long is not tried each night
_RIGHTS: Final = """
SELECT pg_has_role('pg_read_all_stats', 'USAGE') AND has_function_privilege('pg_ls_waldir()', 'EXECUTE')
    AND has_function_privilege('pg_switch_wal()', 'EXECUTE') AND pg_has_role('pg_checkpoint', 'USAGE')
"""


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds: how long a table may be out of reach, and older transactions are waited for.

    `asked`: a person asked for this pass, so that tables that took too long are tried again.
    """

    table: int
    older: float = 300.0
    asked: bool = False


@dataclass(slots=True)
class _Pass:
    began_at: datetime
    rewritten: int = 0
    bytes: int = 0
    left: dict[str, Any] = field(default_factory=dict[str, Any])
    marks: dict[str, Any] = field(default_factory=dict[str, Any])

    def leave(self, name: str, reason: str, tried_at: str | None = None) -> None:
        self.left[name] = {"reason": reason, "tried_at": tried_at or self.began_at.isoformat(timespec="seconds")}


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
        done = _Pass(clock.now())
        if await wait_for_older(connection, patience.older):
            await _tables(connection, done, patience, before)
            await _statistics(connection, done, patience)
        else:
            done.leave("tables", "older_transactions")
            done.marks = dict(before.marks) if before else {}
        segments, reason = await write_ahead.end(connection)
        if reason is not None:
            done.leave(WRITE_AHEAD_LOG, reason)
    finally:
        await connection.close(timeout=10)  # pyright: ignore[reportUnknownMemberType]
    return await _told(owner, done, segments)


async def _tables(connection: asyncpg.Connection, done: _Pass, patience: Patience, before: DiskCleaning | None) -> None:
    marks: Mapping[str, Any] = before.marks if before else {}
    skipped = _too_long(before, done.began_at) if not patience.asked else {}
    if marks:
        await asyncio.sleep(_COUNTED_SECONDS)
    seen: dict[str, str] = {}
    for table in await relations.speaking(connection):
        if table.name in skipped:
            done.leave(table.name, "too_long", skipped[table.name])
        elif table.is_as(marks):
            seen[table.name] = table.changes
        elif (reason := await _again(connection, table.name, patience.table)) is not None:
            done.leave(table.name, reason)
        else:
            done.rewritten += 1
            done.bytes += table.bytes
            seen[table.name] = table.changes
    done.marks = dict(await relations.marks_of(connection, seen))


async def _again(connection: asyncpg.Connection, name: str, seconds: int) -> str | None:
    return await relations.rewrite(connection, name, seconds) or await statistics.make_again(connection, name)


def _too_long(before: DiskCleaning | None, now: datetime) -> dict[str, str]:
    """Return the tables that took too long lately, each with when it was tried."""
    left = {name: told for name, told in before.left_over.items() if told["reason"] == "too_long"} if before else {}
    return {
        name: told["tried_at"] for name, told in left.items() if now - datetime.fromisoformat(told["tried_at"]) < _AGAIN
    }


async def _statistics(connection: asyncpg.Connection, done: _Pass, patience: Patience) -> None:
    if not done.rewritten:
        return
    if not await wait_for_older(connection, patience.older):
        done.leave("pg_statistic", "older_transactions")
        return
    for name in statistics.CATALOGS:
        reason = await relations.rewrite(connection, name, _STATISTICS_SECONDS)
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
