"""The report of an erasure at the end of a contract: what was destroyed, where, what is left, what was out of reach.

Signed as a deletion certificate is, under a domain of its own: `chatelet privacy verify` reads both.

    {"key_id": "…", "report": {facts, keys sorted}, "signature": "base64"}   UTF-8, two spaces, a final newline
"""

import base64
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import msgspec

from chatelet.audit.keys import SealingKey
from chatelet.privacy.certificates.certificate import Destroyed

FORMAT: Final = "chatelet-erasure-report/1"
DOMAIN: Final = b"chatelet-erasure-report\n"
DAYS: Final = 21  # from the end of the contract to the erasure (SecNumCloud 3.2)
Where = Literal["data_folder", "files", "database", "search_server"]
OutOfReach = Literal[
    "backups", "bucket_versions", "certificate_key", "database_logs", "key_encryption_key", "seal_key",
    "search_snapshots", "service_logs", "settings_files",
]  # fmt: skip


class Emptied(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One place: how many objects and bytes it held, whether they were written over, how many are left."""

    where: Where
    objects: int
    bytes: int = 0
    overwritten: bool = False
    left: int


class Exported(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The export that came before; `recipient` is the key that opens what it holds."""

    id: UUID
    made_at: datetime
    manifest_sha256: str
    files: int
    bytes: int
    recipient: str


class ErasureFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The report. `journal_sha256`: the last copy of the journal, given with the report."""

    format: Literal["chatelet-erasure-report/1"] = FORMAT
    id: UUID
    installation: str
    contract_ended_on: date
    began_at: datetime
    ended_at: datetime
    export: Exported | None
    destroyed: Destroyed
    emptied: tuple[Emptied, ...]
    journal_rows: int
    journal_sha256: str
    out_of_reach: tuple[OutOfReach, ...]
    backups_end_on: date

    @property
    def due_on(self) -> date:
        """The last day for it."""
        return self.contract_ended_on + timedelta(days=DAYS)

    @property
    def days(self) -> int:
        """How many days it took since the contract ended."""
        return (self.ended_at.date() - self.contract_ended_on).days

    @property
    def left(self) -> int:
        """How much is left where it was to be destroyed."""
        return sum(one.left for one in self.emptied)


class ErasureReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The signed file."""

    report: ErasureFacts
    key_id: str
    signature: str

    @property
    def facts(self) -> ErasureFacts:
        """What is signed."""
        return self.report


def sign(facts: ErasureFacts, key: SealingKey) -> bytes:
    """Return the signed file."""
    signature = base64.b64encode(key.sign(statement(facts))).decode()
    return encode(ErasureReport(report=facts, key_id=key.key_id, signature=signature))


def statement(facts: ErasureFacts) -> bytes:
    """Return what is signed."""
    return DOMAIN + msgspec.json.encode(facts, order="sorted")


def encode(report: ErasureReport) -> bytes:
    """Return the canonical file."""
    return msgspec.json.format(msgspec.json.encode(report, order="sorted"), indent=2) + b"\n"


def decode(file: bytes) -> ErasureReport:
    """Read a file; raise `msgspec.MsgspecError` when it is not a report."""
    return msgspec.json.decode(file, type=ErasureReport)
