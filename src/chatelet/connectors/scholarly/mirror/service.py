"""The mirror asked as any source: words in, records out; it is nobody else's server, so nothing leaves."""

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.connectors.scholarly.contract import Answer, Question
from chatelet.connectors.scholarly.mirror import queries
from chatelet.connectors.scholarly.names import folded
from chatelet.connectors.scholarly.record import Record, Scheme
from chatelet.kernel.database import Database
from chatelet.kernel.logs import get_logger

_MOST_WORDS: Final = 24
_LONGEST_TEXT: Final = 20_000
log = get_logger(__name__)


async def search(database: Database, question: Question) -> Answer:
    """Look for works that hold all the words; for any of them when none does."""
    words = list(dict.fromkeys(folded(question.words).split()))[:_MOST_WORDS]
    if question.filters.author:
        words += folded(question.filters.author).split()[:4]
    begun = time.monotonic()
    if not words:
        return Answer("mirror", "answered")
    try:
        async with database.transaction() as session:
            rows = await _found(session, " & ".join(words), question)
            if not rows and len(words) > 1:
                rows = await _found(session, " | ".join(words), question)
    except (SQLAlchemyError, OSError) as error:
        log.warning("mirror_not_read", error=type(error).__name__)
        return Answer("mirror", "dead")
    return Answer("mirror", "answered", _records(rows), round((time.monotonic() - begun) * 1_000))


async def resolve(database: Database, scheme: Scheme, value: str) -> Answer:
    """Look for the works of an identifier."""
    async with database.transaction() as session:
        rows = await queries.named(session, _name(scheme, value))
    return Answer("mirror", "answered", _records(rows))


async def _found(session: AsyncSession, query: str, question: Question) -> Sequence[dict[str, Any]]:
    limit, offset = question.limit, question.offset
    return await queries.found(session, query, years=question.filters.years, limit=limit, offset=offset)


async def keep(session: AsyncSession, records: Sequence[Record], origin: str, at: datetime) -> int:
    """Store records that have an identifier; return how many."""
    rows = {row["key"]: row for one in records if (row := _row(one, origin, at)) is not None}
    await queries.keep(session, list(rows.values()))
    return len(rows)


def _row(record: Record, origin: str, at: datetime) -> dict[str, Any] | None:
    pairs = record.identifiers.pairs()
    if not pairs or record.title is None:
        return None
    own = next((pair for pair in pairs if pair[0] in {"openalex", "hal"}), pairs[0])
    rest = [one.name for one in record.authors[:50]]
    rest += [record.subtitle or "", record.abstract or "", record.venue or "", *record.laboratories, *record.domains]
    kept = msgspec.structs.replace(record, sources=(*record.sources, "mirror"))
    return {
        "key": _name(*own),
        "origin": origin,
        "names": [_name(*pair) for pair in pairs],
        "title": folded(record.title),
        "rest": folded(" ".join(rest)[:_LONGEST_TEXT]),
        "year": record.year,
        "record": _without_nul(msgspec.to_builtins(kept)),
        "refreshed_at": at,
    }


def _name(scheme: Scheme, value: str) -> str:
    return f"{scheme}:{value.lower()}"


def _records(rows: Sequence[dict[str, Any]]) -> list[Record]:
    return [msgspec.convert(row, Record, strict=False) for row in rows]


def _without_nul(value: dict[str, Any]) -> dict[str, Any]:
    """PostgreSQL keeps no such character; titles and abstracts have lost theirs, other fields may hold some."""
    return msgspec.json.decode(msgspec.json.encode(value).replace(b"\\u0000", b""))
