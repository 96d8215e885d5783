"""Writing many passages and vectors at once: PostgreSQL's binary COPY, in the caller's transaction.

Vectors are sent as `halfvec` stores them (16-bit numbers): as text they would be five times longer, and parsed.
"""

import asyncio
import math
import struct
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.database import Executor, asyncpg_connection, execute, fetch
from chatelet.knowledge.engines import postgres_statements as sql
from chatelet.knowledge.engines import ranking
from chatelet.knowledge.passages import IndexedPassage, Window

Owners = Mapping[UUID, tuple[UUID, UUID]]  # collection and version of a passage
_SIGNATURE: Final = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
_END: Final = struct.pack(">h", -1)
_COLUMNS: Final = ("id", "collection_id", "document_id", "version_id", "ordinal", "page", "starts", "ends")
_WORDS: Final = ("language", "title", "headings", "text")
_WINDOW_COLUMNS: Final = ("passage_id", "model", "ordinal", "collection_id", "version_id", "settled", "vector")
_SAME_LENGTH: Final = 1e-5  # 16-bit numbers are 1e-3 apart at best
_SENT_AT_ONCE: Final = 64 * 1024  # bytes
_BREATHE: Final = 50  # passages analysed between two turns of the event loop


async def copy_passages(executor: Executor, passages: Sequence[IndexedPassage]) -> None:
    """Write passages and their terms."""
    rows: list[tuple[Any, ...]] = []
    held: list[tuple[Any, ...]] = []
    for number, passage in enumerate(passages):
        if number % _BREATHE == _BREATHE - 1:
            await asyncio.sleep(0)
        terms, length = ranking.weighed_terms(passage)
        rows.append(_row(passage))
        held.append((passage.id, passage.collection_id, length, [ranking.number_of(term) for term in terms]))
    await _copy(executor, "passages", rows, (*_COLUMNS, *_WORDS))
    await _copy(executor, "passage_terms", held, ("passage_id", "collection_id", "length", "terms"))


async def copy_windows(executor: Executor, windows: Sequence[Window], model: str, fresh: Owners) -> None:
    """Write all the vectors of some passages, in the place of those that `model` had made before.

    They are searched one by one until `settle` has put them in the graph. `fresh` passages were written in this very
    transaction: there is nothing to ask about them.
    """
    owners = dict(fresh)
    if identifiers := list({window.passage_id for window in windows} - fresh.keys()):
        await execute(executor, sql.FORGET_WINDOWS, identifiers, model)
        owners |= {row[0]: (row[1], row[2]) for row in await fetch(executor, sql.COLLECTIONS_OF, identifiers)}
    connection: Any = await _driver(executor)
    await connection.copy_to_table(
        "passage_windows", source=_stream(windows, model, owners), columns=_WINDOW_COLUMNS, format="binary"
    )


async def _copy(executor: Executor, table: str, records: Sequence[Any], columns: Sequence[str]) -> None:
    connection: Any = await _driver(executor)
    await connection.copy_records_to_table(table, records=records, columns=columns)


async def _driver(executor: Executor) -> asyncpg.Connection:
    return await asyncpg_connection(executor) if isinstance(executor, AsyncSession) else executor


def _row(passage: IndexedPassage) -> tuple[Any, ...]:
    owners = (passage.id, passage.collection_id, passage.document_id, passage.version_id)
    place = (passage.ordinal, passage.page, passage.start, passage.end)
    return (*owners, *place, passage.language, passage.title, list(passage.headings), passage.text)


async def _stream(windows: Sequence[Window], model: str, owners: Owners) -> AsyncIterator[bytes]:
    waiting = bytearray(_SIGNATURE)
    for passage_id, held in groupby(windows, key=lambda window: window.passage_id):
        collection_id, version_id = owners[passage_id]
        waiting += b"".join(_records(passage_id, model, collection_id, version_id, held))
        if len(waiting) >= _SENT_AT_ONCE:
            yield bytes(waiting)
            waiting.clear()
            await asyncio.sleep(0)
    yield bytes(waiting + _END)


def _records(
    passage_id: UUID, model: str, collection_id: UUID, version_id: UUID, held: Iterator[Window]
) -> Iterator[bytes]:
    """Write rows as COPY reads them: number of fields, then each one's length and bytes."""
    name = model.encode()
    for ordinal, window in enumerate(held):
        yield b"".join(
            (
                struct.pack(">h", len(_WINDOW_COLUMNS)),
                _field(passage_id.bytes),
                _field(name),
                _field(struct.pack(">h", ordinal)),
                _field(collection_id.bytes),
                _field(version_id.bytes),
                _field(b"\0"),
                _field(_half_vector(window.vector)),
            )
        )


def _field(data: bytes) -> bytes:
    return struct.pack(">i", len(data)) + data


def _half_vector(vector: Sequence[float]) -> bytes:
    """Return a vector of length 1 as `halfvec` stores it; most are of that length already, to more than it keeps."""
    norm = math.hypot(*vector) or 1.0
    if abs(norm - 1) > _SAME_LENGTH:
        vector = [number / norm for number in vector]
    return struct.pack(f">HH{len(vector)}e", len(vector), 0, *vector)
