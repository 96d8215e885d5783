"""The head: the last seal as a small file and a log line. Kept elsewhere, it shows when the journal's end was cut off.

A journal that loses its last events, links and seals together is a valid, shorter journal: only something outside the
database can tell. `<data folder>/journal/head.json` is that, against whoever reaches the database alone; the log line
`journal_sealed`, sent to a log collector, is that against whoever reaches the machine. Both have the same fields and
are accepted by `chatelet audit verify --head`.
"""

import os
from pathlib import Path

import msgspec

from chatelet.audit.encoding import NO_SEAL, seal_statement, signature_digest
from chatelet.audit.errors import HeadUnusable
from chatelet.audit.keys import PublicKeys
from chatelet.audit.rows import Instant, SealRow


class Head(msgspec.Struct, frozen=True):
    """A seal that stands alone: with `previous`, its signature is checked without the journal. Bytes in hexadecimal."""

    seq: int
    chain_hash: str
    sealed_at: Instant
    key_id: str
    signature: str
    previous: str


def head_of(seal: SealRow, before: SealRow | None) -> Head:
    """Return the head that a seal makes."""
    previous = signature_digest(before.signature) if before else NO_SEAL
    return Head(
        seq=seal.seq,
        chain_hash=seal.chain_hash.hex(),
        sealed_at=seal.sealed_at,
        key_id=seal.key_id,
        signature=seal.signature.hex(),
        previous=previous.hex(),
    )


def read_head(path: Path, keys: PublicKeys) -> Head:
    """Read a head file or one JSON log line, and check its signature. Raises `HeadUnusable`."""
    try:
        head = msgspec.json.decode(path.read_bytes(), type=Head)
        statement = seal_statement(
            head.seq, bytes.fromhex(head.chain_hash), head.sealed_at, head.key_id, bytes.fromhex(head.previous)
        )
        signed = keys.verify(head.key_id, bytes.fromhex(head.signature), statement)
    except (OSError, ValueError) as error:
        raise HeadUnusable(file=path.name, reason=type(error).__name__) from None
    if not signed:
        raise HeadUnusable(file=path.name, reason="signature" if keys.knows(head.key_id) else "unknown_key")
    return head


def write_head(path: Path, head: Head) -> None:
    """Replace the head file at once: a reader sees the old one or the new one."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    with partial.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(head), indent=1) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
