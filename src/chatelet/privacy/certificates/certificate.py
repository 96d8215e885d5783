"""What a certificate says, and its one canonical form: the same facts are always the same bytes.

    {"certificate": {facts, keys sorted}, "key_id": "…", "signature": "base64"}   UTF-8, two spaces, a final newline

The signature (Ed25519) covers `DOMAIN` then the compact canonical JSON of the facts.
"""

import base64
import hashlib
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from chatelet.audit.keys import SealingKey

FORMAT: Final = "chatelet-deletion-certificate/2"  # 1 did not speak of the disk nor of the search server
DOMAIN: Final = b"chatelet-deletion-certificate\n"
Reason = Literal["retention", "person", "idle"]


class Destroyed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Figures: rows by table or domain, keys, blobs of the storage, vectors, whole partitions dropped."""

    rows: dict[str, int] = {}
    keys: int = 0
    blobs: int = 0
    vectors: int = 0
    partitions: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is something to certify."""
        return bool(sum(self.rows.values()) or self.keys or self.blobs or self.vectors or self.partitions)


class Facts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The certificate. `subject_sha256` is the SHA-256 of the person's identifier: they know it, it names nobody.

    `disk_clean_by`: the day by which the disk of the database holds nothing of it any more, null where nobody sees to
    it. `search_server_left`: versions of documents that the search server was still to let go of, null without one.
    """

    format: Literal["chatelet-deletion-certificate/1", "chatelet-deletion-certificate/2"] = FORMAT
    id: UUID
    installation: str
    reason: Reason
    subject_sha256: str | None
    began_at: datetime
    ended_at: datetime
    kept_days: dict[str, int]
    destroyed: Destroyed
    backups_end_on: date
    disk_clean_by: date | msgspec.UnsetType | None = msgspec.UNSET
    search_server_left: int | msgspec.UnsetType | None = msgspec.UNSET


class Certificate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The signed file."""

    certificate: Facts
    key_id: str
    signature: str


def sign(facts: Facts, key: SealingKey) -> bytes:
    """Return the signed file."""
    signature = base64.b64encode(key.sign(statement(facts))).decode()
    return encode(Certificate(certificate=facts, key_id=key.key_id, signature=signature))


def statement(facts: Facts) -> bytes:
    """Return what is signed."""
    return DOMAIN + msgspec.json.encode(facts, order="sorted")


def encode(certificate: Certificate) -> bytes:
    """Return the canonical file."""
    return msgspec.json.format(msgspec.json.encode(certificate, order="sorted"), indent=2) + b"\n"


def decode(file: bytes) -> Certificate:
    """Read a file; raise `msgspec.MsgspecError` when it is not a certificate."""
    return msgspec.json.decode(file, type=Certificate)


def digest(file: bytes) -> str:
    """Return the SHA-256 of a file, as the journal holds it."""
    return hashlib.sha256(file).hexdigest()


def subject(person_id: UUID) -> str:
    """Return what a certificate says of a person."""
    return hashlib.sha256(str(person_id).encode()).hexdigest()
