"""The forwarder: one task that hands the journal over, batch after batch, until told to stop.

The cursor moves in the transaction that held the lock while the batch was sent, and only once the collector has shown
that it read it. Killed anywhere, cut anywhere, the same rows are sent again, with the same numbers: never lost.
"""

import asyncio
import contextlib
from dataclasses import dataclass, replace
from typing import Final

import asyncpg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from chatelet.audit import queries
from chatelet.audit.forwarding import cursor as cursors
from chatelet.audit.forwarding.collector import NotTaken, hand_over
from chatelet.audit.forwarding.cursor import Cursor
from chatelet.audit.forwarding.lines import frame
from chatelet.audit.rows import LinkRow, SealRow
from chatelet.journal_sections import ForwardSettings
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.logs import get_logger
from chatelet.kernel.metrics import JOURNAL_FORWARDED, JOURNAL_WAITING

_UNREACHABLE: Final = (SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """Links in a batch; seconds between two looks, and after a failure, doubled up to the most; of a batch."""

    batch: int = 500
    pass_seconds: float = 2.0
    pause_seconds: float = 1.0
    most_pause_seconds: float = 60.0
    batch_seconds: float = 60.0


async def forward_forever(
    database: Database, settings: ForwardSettings, host: str, *, stop: asyncio.Event, pace: Pace | None = None
) -> None:
    """Forward until `stop` is set, then what remains if the collector answers. `host` is the service's own name.

    Several processes may run it on one database: each batch is sent by one of them. Cancelled, it stops at once, as if
    killed: nothing is lost, the next one goes on from the cursor.
    """
    pace, failures = pace or Pace(), 0
    while not stop.is_set():
        handed = await _tried(database, settings, host, pace)
        failures = failures + 1 if handed is None else 0
        if handed:
            continue  # perhaps there is more
        pause = pace.pause_seconds * 2 ** min(failures - 1, 16) if failures else pace.pass_seconds
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), min(pause, pace.most_pause_seconds))
    while not failures and await _tried(database, settings, host, pace):
        pass


async def _tried(database: Database, settings: ForwardSettings, host: str, pace: Pace) -> int | None:
    """Forward a batch; None when the collector or the database failed."""
    try:
        return await forward(database, settings, host, pace)
    except _UNREACHABLE as error:
        log.warning("journal_forwarder_interrupted", error=type(error).__name__)
        return None


async def forward(database: Database, settings: ForwardSettings, host: str, pace: Pace) -> int | None:
    """Hand one batch over; return how many rows, 0 when nothing waits or another process is at it, None not taken."""
    async with database.transaction() as session:
        connection = await session.connection()
        here = await cursors.read(connection, settings.collector)
        waiting = await cursors.waiting(connection, here)
        JOURNAL_WAITING.set(waiting)
        if not await cursors.become_forwarder(connection):
            return 0
        here = await cursors.read(connection, settings.collector)  # the last holder has moved it
        rows = await _batch(connection, here, pace.batch)
        if not rows:
            return 0
        tried = replace(here, tried_at=clock.now())
        try:
            await hand_over(settings, b"".join(frame(row, host) for row in rows), seconds=pace.batch_seconds)
        except NotTaken as error:
            await cursors.keep(connection, settings.collector, _failed(tried, error.reason))
            JOURNAL_FORWARDED.labels("failed").inc()
            log.warning("journal_not_forwarded", reason=error.reason, events=waiting, after=here.seq)
            return None
        now = _moved(tried, rows)
        await cursors.keep(connection, settings.collector, now)
        JOURNAL_WAITING.set(await cursors.waiting(connection, now))
    JOURNAL_FORWARDED.labels("taken").inc()
    if here.failure is not None:
        log.info("journal_forwarded_again", after=here.seq)
    return len(rows)


async def _batch(connection: AsyncConnection, here: Cursor, most: int) -> list[LinkRow | SealRow]:
    """Return what follows the cursor: links, and the seals that stand on links that are handed over by then."""
    links = await queries.linked_events_after(connection, here.seq, most)
    last = links[-1].seq if links else here.seq
    if links and links[0].seq != here.seq + 1 and here.seq:
        log.error("journal_forward_gap", after=here.seq, next=links[0].seq)
    seals = await queries.seals_between(connection, here.seal_seq, last)
    return sorted([*links, *seals], key=lambda row: row.seq)  # stable: a link before the seal on it


def _failed(tried: Cursor, reason: str) -> Cursor:
    return replace(tried, failure=reason, failing_since=tried.failing_since or tried.tried_at)


def _moved(tried: Cursor, rows: list[LinkRow | SealRow]) -> Cursor:
    seq = max((row.seq for row in rows if isinstance(row, LinkRow)), default=tried.seq)
    seal_seq = max((row.seq for row in rows if isinstance(row, SealRow)), default=tried.seal_seq)
    return replace(tried, seq=seq, seal_seq=seal_seq, failing_since=None, failure=None)
