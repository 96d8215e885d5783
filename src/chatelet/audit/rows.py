"""The journal's rows as plain values: what the database holds, what an export writes, what the verifier reads."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True)]

SEGMENT: Final = 1 << 24  # links per partition of journal_links; a seal stands at the end of each


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of `journal_events`, in the order of its columns."""

    id: UUID
    format: int
    occurred_at: Instant
    actor: UUID | None
    acting_for: UUID | None
    name: str
    object_kind: str
    object_id: str | None
    result: str
    data: str
    origin: str | None
    request_id: str | None
    digest: bytes


class LinkRow(msgspec.Struct, frozen=True, tag="link"):
    """One row of `journal_links` with its event, None when the event is no longer there."""

    seq: int
    event_id: UUID
    digest: bytes
    chain_hash: bytes
    event: EventRow | None


class SealRow(msgspec.Struct, frozen=True, tag="seal"):
    """One row of `journal_seals`."""

    seq: int
    chain_hash: bytes
    sealed_at: Instant
    key_id: str
    signature: bytes


class UnlinkedRow(msgspec.Struct, frozen=True, tag="unlinked"):
    """An event that no link names; `waiting` when it still stands in the queue of the sealer."""

    event: EventRow
    waiting: bool


class Header(msgspec.Struct, frozen=True, tag="header"):
    """First line of an export. `purged_before` is a claim, that the journal's own events must confirm."""

    read_at: Instant
    purged_before: UUID | None
    format: int = 1


class End(msgspec.Struct, frozen=True, tag="end"):
    """Last line of an export: how many rows it has."""

    rows: int


Row = LinkRow | SealRow | UnlinkedRow
