"""All SQL of the cursor, on the connection of the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

_FORWARDER: Final = 4_242_035  # advisory lock: one process forwards at a time


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last link and the last seal that a collector took; since when, and why, it takes no more."""

    seq: int = 0
    seal_seq: int = 0
    tried_at: datetime | None = None
    failing_since: datetime | None = None
    failure: str | None = None


async def become_forwarder(connection: AsyncConnection) -> bool:
    """Take, until the transaction ends, the right to forward; False when another process has it."""
    rows = await connection.exec_driver_sql("SELECT pg_try_advisory_xact_lock($1)", (_FORWARDER,))
    return bool(rows.scalar_one())


async def read(connection: AsyncConnection, collector: str) -> Cursor:
    """Return where a collector is; at the beginning when it was never given anything."""
    rows = await connection.exec_driver_sql(
        "SELECT seq, seal_seq, tried_at, failing_since, failure FROM journal_forwarding WHERE collector = $1",
        (collector,),
    )
    found = rows.one_or_none()
    return Cursor(*found) if found else Cursor()


async def keep(connection: AsyncConnection, collector: str, cursor: Cursor) -> None:
    """Write where a collector is."""
    await connection.exec_driver_sql(
        """
        INSERT INTO journal_forwarding (collector, seq, seal_seq, tried_at, failing_since, failure)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (collector) DO UPDATE SET seq = excluded.seq, seal_seq = excluded.seal_seq,
            tried_at = excluded.tried_at, failing_since = excluded.failing_since, failure = excluded.failure
        """,
        (collector, cursor.seq, cursor.seal_seq, cursor.tried_at, cursor.failing_since, cursor.failure),
    )


async def waiting(connection: AsyncConnection, cursor: Cursor) -> int:
    """Return how many events a collector was not given: those linked after it, and those that wait for a link."""
    rows = await connection.exec_driver_sql(
        """
        SELECT greatest(coalesce((SELECT max(seq) FROM journal_links), 0) - $1::bigint, 0)
            + (SELECT count(*) FROM journal_pending)
        """,
        (cursor.seq,),
    )
    return int(rows.scalar_one())


async def holds_unforwarded(connection: AsyncConnection, collector: str, before: UUID) -> bool:
    """Whether a collector was not given an event below `before`."""
    here = await read(connection, collector)
    rows = await connection.exec_driver_sql(
        "SELECT EXISTS (SELECT FROM journal_links WHERE seq > $1 AND event_id < $2)", (here.seq, before)
    )
    return bool(rows.scalar_one())
