"""All SQL of the journal but the insertion of an event (`journal`), on the connection of the caller's transaction."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from chatelet.audit.rows import EventRow, LinkRow, SealRow

_SEALER: Final = 4_242_003  # advisory lock: one process links and seals at a time
_FOR_EVER: Final = 2**63 - 1


async def become_sealer(connection: AsyncConnection) -> bool:
    """Take, until the transaction ends, the right to link and seal; False when another process has it."""
    rows = await _fetch(connection, "SELECT pg_try_advisory_xact_lock($1)", _SEALER)
    return bool(rows[0][0])


async def hold_off_sealer(connection: AsyncConnection) -> None:
    """Wait for the sealer's pass to end; none begins until the transaction ends."""
    await connection.exec_driver_sql("SELECT pg_advisory_xact_lock($1)", (_SEALER,))


async def something_waits(connection: AsyncConnection) -> bool:
    """Whether an event waits to be linked."""
    rows = await _fetch(connection, "SELECT EXISTS (SELECT FROM journal_pending)")
    return bool(rows[0][0])


async def how_many_wait(connection: AsyncConnection) -> int:
    """Return how many events wait to be linked."""
    rows = await _fetch(connection, "SELECT count(*) FROM journal_pending")
    return int(rows[0][0])


async def waiting(connection: AsyncConnection, limit: int) -> list[tuple[UUID, bytes, bool]]:
    """Return events to link, oldest first: identifier, digest, and whether a link names them already."""
    rows = await _fetch(
        connection,
        """
        SELECT e.id, e.digest, EXISTS (SELECT FROM journal_links l WHERE l.event_id = e.id)
        FROM journal_pending p JOIN journal_events e ON e.id = p.event_id
        ORDER BY p.event_id LIMIT $1
        """,
        limit,
    )
    return [(event_id, digest, linked) for event_id, digest, linked in rows]


async def stop_waiting(connection: AsyncConnection, event_ids: list[UUID]) -> None:
    """Take events out of the queue."""
    await connection.exec_driver_sql("DELETE FROM journal_pending WHERE event_id = ANY($1::uuid[])", (event_ids,))


async def last_link(connection: AsyncConnection) -> tuple[int, bytes] | None:
    """Return the number and the chain hash of the last link."""
    rows = await _fetch(connection, "SELECT seq, chain_hash FROM journal_links ORDER BY seq DESC LIMIT 1")
    return (rows[0][0], rows[0][1]) if rows else None


async def add_links(
    connection: AsyncConnection, seqs: list[int], event_ids: list[UUID], digests: list[bytes], hashes: list[bytes]
) -> None:
    """Insert links."""
    await connection.exec_driver_sql(
        """
        INSERT INTO journal_links (seq, event_id, digest, chain_hash)
        SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[])
        """,
        (seqs, event_ids, digests, hashes),
    )


async def links_after(connection: AsyncConnection, seq: int, limit: int) -> list[tuple[int, UUID, bytes, bytes]]:
    """Return the links that follow `seq`: number, event, digest, chain hash."""
    rows = await _fetch(
        connection,
        "SELECT seq, event_id, digest, chain_hash FROM journal_links WHERE seq > $1 ORDER BY seq LIMIT $2",
        seq,
        limit,
    )
    return [(number, event_id, digest, chain_hash) for number, event_id, digest, chain_hash in rows]


async def linked_events_after(connection: AsyncConnection, seq: int, limit: int) -> list[LinkRow]:
    """Return the links that follow `seq`, each with its event; every row of the last number, were it repeated."""
    rows = await _fetch(
        connection,
        """
        SELECT l.seq, l.event_id, l.digest, l.chain_hash, e.id, e.format, e.occurred_at, e.actor, e.acting_for, e.name,
            e.object_kind, e.object_id, e.result, e.data, e.origin, e.request_id, e.digest
        FROM journal_links l LEFT JOIN journal_events e ON e.id = l.event_id
        WHERE l.seq > $1 AND l.seq <= (
            SELECT max(seq) FROM (SELECT seq FROM journal_links WHERE seq > $1 ORDER BY seq LIMIT $2) following
        )
        ORDER BY l.seq
        """,
        seq,
        limit,
    )
    return [
        LinkRow(number, event_id, digest, chain_hash, None if event[0] is None else event_row(event))
        for number, event_id, digest, chain_hash, *event in rows
    ]


async def seals_between(connection: AsyncConnection, after: int, through: int | None) -> list[SealRow]:
    """Return the seals with `after` < seq ≤ `through` (no end when None)."""
    rows = await _fetch(
        connection,
        """
        SELECT seq, chain_hash, sealed_at, key_id, signature FROM journal_seals
        WHERE seq > $1 AND seq <= $2 ORDER BY seq
        """,
        after,
        _FOR_EVER if through is None else through,
    )
    return [_seal_row(row) for row in rows]


async def last_seals(connection: AsyncConnection, limit: int) -> list[SealRow]:
    """Return the last seals, newest first."""
    rows = await _fetch(
        connection,
        "SELECT seq, chain_hash, sealed_at, key_id, signature FROM journal_seals ORDER BY seq DESC LIMIT $1",
        limit,
    )
    return [_seal_row(row) for row in rows]


async def seal_at(connection: AsyncConnection, seq: int) -> SealRow | None:
    """Return the seal of exactly `seq`."""
    found = await seals_between(connection, seq - 1, seq)
    return found[0] if found else None


async def add_seal(connection: AsyncConnection, seal: SealRow) -> None:
    """Insert a seal."""
    await connection.exec_driver_sql(
        "INSERT INTO journal_seals (seq, chain_hash, sealed_at, key_id, signature) VALUES ($1, $2, $3, $4, $5)",
        msgspec.structs.astuple(seal),
    )


async def unlinked_after(connection: AsyncConnection, event_id: UUID, limit: int) -> list[tuple[EventRow, bool]]:
    """Return events that no link names, above `event_id`, each with whether it waits in the sealer's queue."""
    rows = await _fetch(
        connection,
        """
        SELECT EXISTS (SELECT FROM journal_pending p WHERE p.event_id = e.id), e.*
        FROM journal_events e
        WHERE e.id > $1 AND NOT EXISTS (SELECT FROM journal_links l WHERE l.event_id = e.id)
        ORDER BY e.id LIMIT $2
        """,
        event_id,
        limit,
    )
    return [(event_row(event), bool(waits)) for waits, *event in rows]


async def events_named(connection: AsyncConnection, name: str) -> list[EventRow]:
    """Return every event of one name, oldest first: for the journal's own events, which are rare."""
    rows = await _fetch(connection, "SELECT * FROM journal_events WHERE name = $1 ORDER BY id", name)
    return [event_row(row) for row in rows]


async def events_of_person(connection: AsyncConnection, person_id: UUID) -> list[EventRow]:
    """Return every event that a person did, or that is about their account, oldest first."""
    rows = await _fetch(
        connection,
        """
        SELECT * FROM journal_events WHERE actor = $1
        UNION
        SELECT * FROM journal_events WHERE object_kind = 'person' AND object_id = $2
        ORDER BY id
        """,
        person_id,
        str(person_id),
    )
    return [event_row(row) for row in rows]


async def partitions(connection: AsyncConnection, parent: str) -> list[tuple[str, str, str]]:
    """Return the partitions of a table but the default one: name, lower bound, upper bound (excluded), as text."""
    rows = await _fetch(
        connection,
        r"""
        SELECT c.relname, bound[1], bound[2]
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid,
            regexp_match(pg_get_expr(c.relpartbound, c.oid), $$FROM \('(.*)'\) TO \('(.*)'\)$$) AS bound
        WHERE i.inhparent = $1::text::regclass AND bound IS NOT NULL
        ORDER BY c.relname
        """,
        parent,
    )
    return [(name, lower, upper) for name, lower, upper in rows]


async def holds_unsealed(connection: AsyncConnection, before: UUID) -> bool:
    """Whether an event below `before` is not linked, or its link not sealed."""
    rows = await _fetch(
        connection,
        """
        SELECT EXISTS (
            SELECT FROM journal_links
            WHERE seq > (SELECT coalesce(max(seq), 0) FROM journal_seals) AND event_id < $1
        ) OR EXISTS (
            SELECT FROM journal_events e
            WHERE e.id < $1 AND NOT EXISTS (SELECT FROM journal_links l WHERE l.event_id = e.id)
        )
        """,
        before,
    )
    return bool(rows[0][0])


async def links_hold(connection: AsyncConnection, partition: str, before: UUID) -> bool:
    """Whether a partition of links names an event that is not below `before`, or that is still there."""
    name = _quote(partition)
    rows = await _fetch(
        connection,
        f"""
        SELECT EXISTS (SELECT FROM {name} WHERE event_id >= $1)
            OR EXISTS (SELECT FROM {name} l JOIN journal_events e ON e.id = l.event_id)
        """,  # noqa: S608 (the name of a partition, from the catalogue, quoted)
        before,
    )
    return bool(rows[0][0])


async def links_dropped(connection: AsyncConnection) -> int:
    """Return the number before the first link, 0 when none was ever dropped."""
    rows = await _fetch(connection, "SELECT coalesce(min(seq), 1) - 1 FROM journal_links")
    return int(rows[0][0])


async def drop_partition(connection: AsyncConnection, partition: str) -> int:
    """Drop a partition; return how many rows it had. As the owner of the tables, within 5 s of waiting for readers."""
    name = _quote(partition)
    await connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
    rows = await _fetch(connection, f"SELECT count(*) FROM {name}")  # noqa: S608
    await connection.exec_driver_sql(f"DROP TABLE {name}")
    return int(rows[0][0])


async def prepare(connection: AsyncConnection) -> None:
    """Make partitions ahead and put on them the triggers that partitions do not inherit."""
    await connection.exec_driver_sql("SELECT prepare_journal()")


def event_row(columns: Sequence[Any]) -> EventRow:
    """Return a row, in the order of the table's columns, as a value."""
    fields: dict[str, Any] = dict(zip(EventRow.__struct_fields__, columns, strict=True))
    fields["occurred_at"] = _utc(fields["occurred_at"])
    return EventRow(**fields)


def _seal_row(columns: Sequence[Any]) -> SealRow:
    seq, chain_hash, sealed_at, key_id, signature = columns
    return SealRow(seq, chain_hash, _utc(sealed_at), key_id, signature)


def _utc(moment: datetime) -> datetime:
    """Return an instant in UTC; the driver gives infinity, which only an intruder would write, without time zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


async def _fetch(connection: AsyncConnection, sql: str, *parameters: object) -> list[Sequence[Any]]:
    result = await connection.exec_driver_sql(sql, parameters)
    return [tuple(row) for row in result]
