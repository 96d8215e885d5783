"""The end of the journal's retention: whole months leave by dropping their partition, and the journal tells so.

Only the owner of the tables can do it; the application cannot. What leaves must be chained and sealed, so that the
chain, whose links stay, still proves that nothing else is missing. A partition of links leaves once its events are
gone; the seal at its end is where the chain starts again.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from chatelet.audit import journal, queries
from chatelet.audit.errors import PurgeTooEarly, RetentionTooShort
from chatelet.audit.events import JournalPurged
from chatelet.audit.forwarding import cursor
from chatelet.audit.purges import LEAST_RETENTION_DAYS
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7_at


async def expire(owner: Database, *, retention_days: int, collector: str | None = None) -> JournalPurged | None:
    """Drop every month that ended more than `retention_days` ago; return what the journal was told, None when none did.

    With `collector`, what it was not given yet does not leave. Raises `RetentionTooShort`, `PurgeTooEarly`.
    """
    if retention_days < LEAST_RETENTION_DAYS:
        raise RetentionTooShort(days=retention_days, least=LEAST_RETENTION_DAYS)
    async with owner.transaction() as session:
        connection = await session.connection()
        await queries.hold_off_sealer(connection)
        old = await months_over(connection, timedelta(days=retention_days))
        if not old:
            return None
        before = max(old.values())
        if await queries.holds_unsealed(connection, before):
            raise PurgeTooEarly(before=str(before))
        if collector is not None and await cursor.holds_unforwarded(connection, collector, before):
            raise PurgeTooEarly(before=str(before), collector=collector)
        count = 0
        for name in old:
            count += await queries.drop_partition(connection, name)
        links_through = await _drop_links(connection, before)
        told = JournalPurged(before=before, retention_days=retention_days, events=count, links_through=links_through)
        await journal.record(session, told, actor=None)
        return told


async def months_over(connection: AsyncConnection, age: timedelta) -> dict[str, UUID]:
    """Return the months that ended more than `age` ago, each with the identifier where the next begins."""
    limit = uuid7_at(clock.now() - age)
    months = await queries.partitions(connection, "journal_events")
    return {name: UUID(upper) for name, _, upper in months if UUID(upper) <= limit}


async def _drop_links(connection: AsyncConnection, before: UUID) -> int:
    """Drop the first partitions of links, as long as all their events are gone; return the last link ever dropped."""
    through = await queries.links_dropped(connection)
    segments = await queries.partitions(connection, "journal_links")
    for name, lower, upper in sorted(segments, key=lambda segment: int(segment[1])):
        last = int(upper) - 1
        contiguous = int(lower) <= through + 1
        sealed = await queries.seal_at(connection, last) is not None
        if not contiguous or not sealed or await queries.links_hold(connection, name, before):
            break
        await queries.drop_partition(connection, name)
        through = last
    return through
