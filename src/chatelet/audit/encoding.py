"""The canonical bytes that digests and signatures cover: injective, versioned, the same in ten years.

    encode(label, values) = label, NUL, then for each value: its kind on 1 byte, its length on 4 (big-endian), its bytes
    kinds: 0 None (no length) · 1 bytes · 2 text, UTF-8 · 3 integer, decimal · 4 UUID, 16 bytes
           5 instant, microseconds since 1970 UTC, decimal

The label names what is encoded and its version, so that a digest of one kind never stands for another.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from chatelet.audit.rows import EventRow

Value = str | bytes | int | UUID | datetime | None

EVENT_FORMAT: Final = 1
_EVENT: Final = b"chatelet journal event v1"
_LINK: Final = b"chatelet journal link v1"
_SEAL: Final = b"chatelet journal seal v1"
GENESIS: Final = hashlib.sha256(b"chatelet journal v1").digest()  # what the first link is chained to
NO_SEAL: Final = bytes(32)  # what the first seal follows
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def encode(label: bytes, values: tuple[Value, ...]) -> bytes:
    """Return the canonical bytes of `values`, under `label` (which holds no NUL)."""
    parts = [label, b"\x00"]
    for value in values:
        if value is None:
            parts.append(b"\x00")
        else:
            kind, raw = _raw(value)
            parts += (kind, len(raw).to_bytes(4, "big"), raw)
    return b"".join(parts)


def event_digest(row: EventRow) -> bytes:
    """Return the SHA-256 of every column of an event but the digest itself."""
    values = (
        row.format, row.id, row.occurred_at, row.actor, row.acting_for, row.name, row.object_kind, row.object_id,
        row.result, row.data, row.origin, row.request_id,
    )  # fmt: skip
    return hashlib.sha256(encode(_EVENT, values)).digest()


def chain(previous: bytes, seq: int, event_id: UUID, digest: bytes) -> bytes:
    """Return the chain hash of link `seq`, which follows `previous`."""
    return hashlib.sha256(encode(_LINK, (previous, seq, event_id, digest))).digest()


def seal_statement(seq: int, chain_hash: bytes, sealed_at: datetime, key_id: str, previous: bytes) -> bytes:
    """Return what the key signs: the chain is `chain_hash` at `seq`.

    `previous` is the `signature_digest` of the seal before: seals are chained too.
    """
    return encode(_SEAL, (seq, chain_hash, sealed_at, key_id, previous))


def signature_digest(signature: bytes) -> bytes:
    """Return what the next seal says of this one."""
    return hashlib.sha256(signature).digest()


def _raw(value: str | bytes | int | UUID | datetime) -> tuple[bytes, bytes]:
    match value:
        case bytes():
            return b"\x01", value
        case str():
            return b"\x02", value.encode()
        case int():
            return b"\x03", str(value).encode()
        case UUID():
            return b"\x04", value.bytes
        case datetime():
            return b"\x05", str((value - _EPOCH) // _MICROSECOND).encode()
