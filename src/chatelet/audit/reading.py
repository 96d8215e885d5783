"""Reading the whole journal from the database, in the order that the verifier wants, in one frozen view of it.

header, then links with their events and seals by number (a seal after the link it stands on), then unlinked events
"""

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from chatelet.audit import queries
from chatelet.audit.events import JournalPurged
from chatelet.audit.rows import Header, Row, UnlinkedRow
from chatelet.audit.vocabulary import unpack
from chatelet.kernel import clock
from chatelet.kernel.database import Database

_BATCH: Final = 5_000
_LEAST: Final = UUID(int=0)
_LEAST_SEQ: Final = -(2**63)


@contextlib.asynccontextmanager
async def frozen_view(database: Database) -> AsyncGenerator[AsyncConnection]:
    """Open a read-only transaction that sees the journal of one instant, however long the reading lasts."""
    async with database.engine.connect() as connection:
        view = await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        async with view.begin():
            yield view


async def header(connection: AsyncConnection) -> Header:
    """Return what the verifier must know first: below which identifier events may have been purged."""
    purges = await queries.events_named(connection, JournalPurged.name)
    claims: list[UUID] = []
    for row in purges:
        with contextlib.suppress(msgspec.MsgspecError):  # altered: the verifier says so when it comes to this event
            claims.append(unpack(JournalPurged, row.object_id, row.data).before)
    return Header(read_at=clock.now(), purged_before=max(claims, default=None))


async def rows(connection: AsyncConnection) -> AsyncIterator[Row]:
    """Yield every row of the journal, a few thousand in memory at once."""
    seq = _LEAST_SEQ
    while links := await queries.linked_events_after(connection, seq, _BATCH):
        seals = await queries.seals_between(connection, seq, links[-1].seq)
        for row in sorted([*links, *seals], key=lambda row: row.seq):  # stable: a link before the seal on it
            yield row
        seq = links[-1].seq
    for seal in await queries.seals_between(connection, seq, None):
        yield seal
    event_id = _LEAST
    while found := await queries.unlinked_after(connection, event_id, _BATCH):
        for event, waits in found:
            yield UnlinkedRow(event=event, waiting=waits)
        event_id = found[-1][0].id
