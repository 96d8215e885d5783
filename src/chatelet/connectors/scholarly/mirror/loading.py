"""Fills the mirror: works of OpenAlex as JSON lines, or the records that HAL gives over OAI-PMH, batch by batch.

    lines ─▶ record ─▶ 500 at a time, a transaction each ─▶ mirrored_works

What is stored again replaces what was kept of the same work: a load that was cut short is simply begun again.
"""

import gzip
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

from chatelet.audit import events, journal
from chatelet.connectors.scholarly.errors import SourceBroken
from chatelet.connectors.scholarly.mirror import service
from chatelet.connectors.scholarly.reading import decoded
from chatelet.connectors.scholarly.record import Record
from chatelet.connectors.scholarly.services import openalex
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database

_BATCH: Final = 500
_LONGEST_LINE: Final = 16 * 1024 * 1024


def from_openalex(path: Path) -> Iterator[Record]:
    """Give the works of a file of JSON lines, compressed or not; a line that is no work is left aside."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as file:
        while line := file.readline(_LONGEST_LINE):
            try:
                record = openalex.record_of(decoded(bytes(line)))
            except SourceBroken:
                continue
            if record is not None:
                yield record


async def load(
    database: Database, records: AsyncIterator[Record] | Iterable[Record], origin: Literal["openalex", "hal"]
) -> int:
    """Store works, and say so in the journal; return how many were stored."""
    stored, batch = 0, list[Record]()
    async for record in _any(records):
        batch.append(record)
        if len(batch) >= _BATCH:
            stored += await _keep(database, batch, origin)
            batch = []
    stored += await _keep(database, batch, origin)
    async with database.transaction() as session:
        await journal.record(session, events.WorksMirrored(origin=origin, works=stored), actor=None)
    return stored


async def _keep(database: Database, batch: list[Record], origin: str) -> int:
    if not batch:
        return 0
    async with database.transaction() as session:
        return await service.keep(session, batch, origin, now())


async def _any(records: AsyncIterator[Record] | Iterable[Record]) -> AsyncIterator[Record]:
    if isinstance(records, AsyncIterator):
        async for record in records:
            yield record
    else:
        for record in records:
            yield record
