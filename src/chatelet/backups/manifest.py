"""What one backup holds: small, in clear, signed; the last thing written, so that a backup without it is none.

    {"key_id": "…", "manifest": {facts, keys sorted}, "signature": "base64"}

The signature (Ed25519, the key of certificates) covers `DOMAIN` then the compact canonical JSON of the facts. No name,
no word of anybody is in it: tables, counts and names of pieces.
"""

import base64
import binascii
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from chatelet.audit.keys import PublicKeys, SealingKey
from chatelet.backups.errors import BackupDamaged

DOMAIN: Final = b"chatelet-backup\n"
Kind = Literal["whole", "ledger"]


class Stream(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lines, in pieces, in order. For a table: its columns, and each line a row as COPY writes it."""

    columns: tuple[str, ...] = ()
    lines: int
    pieces: tuple[str, ...]


class Partition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A partition by ranges, to be made again before its rows come."""

    parent: str
    name: str
    starts: str
    ends: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One backup. `made_at` is the instant of its snapshot; `ledger_since` that from which its ledger is whole."""

    format: Literal["chatelet-backup/1"] = "chatelet-backup/1"
    id: UUID
    set_id: UUID
    kind: Kind
    installation: str
    made_at: datetime
    ledger_since: datetime
    version: str
    schema: str
    tables: dict[str, Stream]
    partitions: tuple[Partition, ...] = ()
    sequences: dict[str, int] = {}
    blobs: Stream = Stream(lines=0, pieces=())
    missing: int = 0
    kept: dict[str, str] = {}

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.lines for table in self.tables.values())

    @property
    def pieces(self) -> set[str]:
        """Every piece it needs."""
        streams = (*self.tables.values(), self.blobs)
        return {piece for stream in streams for piece in stream.pieces} | set(self.kept.values())


class Signed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file."""

    manifest: Manifest
    key_id: str
    signature: str


def sign(manifest: Manifest, key: SealingKey) -> bytes:
    """Return the signed file."""
    signature = base64.b64encode(key.sign(_statement(manifest))).decode()
    return _encode(Signed(manifest=manifest, key_id=key.key_id, signature=signature))


def read(file: bytes, trusted: PublicKeys) -> Manifest:
    """Return a manifest, once its signature is checked. Raises `BackupDamaged`."""
    try:
        signed = msgspec.json.decode(file, type=Signed)
        signature = base64.b64decode(signed.signature, validate=True)
    except (msgspec.MsgspecError, binascii.Error, UnicodeDecodeError):
        raise BackupDamaged(what="manifest") from None
    if not trusted.verify(signed.key_id, signature, _statement(signed.manifest)):
        raise BackupDamaged(what="signature" if trusted.knows(signed.key_id) else "unknown_signing_key")
    return signed.manifest


def _statement(manifest: Manifest) -> bytes:
    return DOMAIN + msgspec.json.encode(manifest, order="sorted")


def _encode(signed: Signed) -> bytes:
    return msgspec.json.encode(signed, order="sorted") + b"\n"
