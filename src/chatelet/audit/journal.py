"""Writing the journal: one INSERT in the transaction of the change it tells, so that both are kept or neither.

It is on the turn's path: no lock, no chaining here (see `chain`). What the client sends (its address, nothing else) is
escaped; everything else is of a closed set.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit.encoding import EVENT_FORMAT, event_digest
from chatelet.audit.events import Event
from chatelet.audit.rows import EventRow
from chatelet.audit.vocabulary import pack
from chatelet.kernel.database import Executor, execute
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.requests import current_request

# One round trip writes the event and puts it in the sealer's queue.
_INSERT: Final = """
WITH written AS (
    INSERT INTO journal_events (id, format, occurred_at, actor, acting_for, name, object_kind, object_id, result, data,
                                origin, request_id, digest)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
)
INSERT INTO journal_pending (event_id) VALUES ($1)
"""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PLAIN: Final = re.compile(r"[0-9A-Za-z.:_-]{1,64}\Z")


async def record(executor: Executor, event: Event, *, actor: UUID | None, acting_for: UUID | None = None) -> None:
    """Write one event. `actor` is who did it (None: the installation itself), `acting_for` in whose name.

    Raises `msgspec.ValidationError` when a field of the event is not of its closed set.
    """
    await execute(executor, _INSERT, *_parameters(draft(event, actor=actor, acting_for=acting_for)))


async def record_all(
    session: AsyncSession, events: Sequence[Event], *, actor: UUID | None, acting_for: UUID | None = None
) -> None:
    """Write several events of one actor, in order."""
    if events:
        connection = await session.connection()
        rows = [_parameters(draft(event, actor=actor, acting_for=acting_for)) for event in events]
        await connection.exec_driver_sql(_INSERT, rows)


def draft(
    event: Event, *, actor: UUID | None, acting_for: UUID | None = None, identifier: UUID | None = None
) -> EventRow:
    """Return the row of an event. Its instant is the one in its identifier, so that neither can be changed alone."""
    identifier = identifier or uuid7()
    object_id, data = pack(event)
    request = current_request()
    row = EventRow(
        id=identifier,
        format=EVENT_FORMAT,
        occurred_at=instant_of(identifier),
        actor=actor,
        acting_for=acting_for,
        name=event.name,
        object_kind=event.object_type,
        object_id=object_id,
        result=event.result,
        data=data,
        origin=_escape(request.origin),
        request_id=None if request.request_id == "-" else _escape(request.request_id),
        digest=b"",
    )
    return msgspec.structs.replace(row, digest=event_digest(row))


def instant_of(identifier: UUID) -> datetime:
    """Return the instant, to the millisecond, that a UUIDv7 holds."""
    return _EPOCH + timedelta(milliseconds=identifier.int >> 80)


def _parameters(row: EventRow) -> tuple[object, ...]:
    return msgspec.structs.astuple(row)


def _escape(value: str | None) -> str | None:
    """Return `value` when it is plain, else percent-encoded and cut: no control or bidirectional character remains."""
    if value is None or _PLAIN.match(value):
        return value
    return quote(value, safe=":._-", errors="replace")[:64]
