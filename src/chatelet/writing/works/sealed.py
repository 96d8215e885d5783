"""What is sealed of a work, with the key of its own: what was asked, what was written, what is told at the end."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec

from chatelet.documents.rebuilding.contract import PdfAs
from chatelet.kernel.crypto import DataKey, Keyring
from chatelet.policy.sensitivity import Label
from chatelet.writing.deciding import Decided
from chatelet.writing.drafting.asked import AskedDraft
from chatelet.writing.report import Report
from chatelet.writing.summary.forms import Wish
from chatelet.writing.summary.summarising import Step, Summary
from chatelet.writing.task import Outcome, Task

KEPT_ALIVE: Final = timedelta(seconds=20)  # after which a work that nobody touched has lost its process


class GivenFile(msgspec.Struct, frozen=True):
    """A document to summarise."""

    id: UUID
    name: str


class SummaryAsked(msgspec.Struct, frozen=True):
    """What is asked of a summary. `files` are empty until a text that was given is stored as one."""

    wish: Wish
    files: tuple[GivenFile, ...] = ()


class Asked(msgspec.Struct, frozen=True):
    """What was asked. `text` is empty when a file was given; `units` are those whose quotas it uses.

    With `defaults`, it uses their glossaries too. `pseudonymise`: its person has names replaced before words leave.
    """

    task: Task
    name: str
    language: str
    text: str = ""
    is_language_given: bool = True
    track: bool = False
    visible_mark: str | None = None
    memory_id: UUID | None = None
    units: tuple[UUID, ...] = ()
    model: str | None = None
    defaults: bool = False
    draft: AskedDraft | None = None
    summary: SummaryAsked | None = None
    pdf_as: PdfAs = "docx"
    pseudonymise: bool = False
    kept_level: str | None = None  # what of the label no replacement of names lowers; None: all of it
    kept_categories: tuple[str, ...] = ()

    @property
    def is_tracked(self) -> bool:
        """Tell whether its changes that nobody decided on are tracked in the document that it gives back."""
        return self.track and not self.text and self.name.lower().endswith((".docx", ".odt"))

    def kept_of(self, label: Label) -> Label:
        """Return what of the work's label stays whatever names are replaced."""
        return label if self.kept_level is None else Label.of(self.kept_level, self.kept_categories)


class Kept(msgspec.Struct, frozen=True):
    """A segment as it was, and what became of it.

    Of a rewriting whose person decided on changes: what the model `proposed`, and what was `decided` of it.
    """

    source: str
    outcome: Outcome
    proposed: Outcome | None = None
    decided: tuple[Decided, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """What a work tells once it is done; `text` when a text was given.

    `is_due`: decisions were taken since its file was written, which is written again when it is asked for.
    """

    report: Report
    text: str = ""
    name: str = ""
    summary: Summary | None = None
    is_due: bool = False


_encoder = msgspec.msgpack.Encoder()
_asked = msgspec.msgpack.Decoder(Asked)
_told = msgspec.msgpack.Decoder(Told)
_step = msgspec.msgpack.Decoder(Step)
_kept = msgspec.msgpack.Decoder(list[Kept])


class Sealer:
    """Seals and opens what a work holds."""

    def __init__(self, key: DataKey, work_id: UUID) -> None:
        self._key = key
        self._id = work_id

    @classmethod
    def make(cls, keyring: Keyring, work_id: UUID) -> tuple["Sealer", bytes]:
        """Make the key of a new work; return its wrapped form too."""
        key, wrapped = keyring.new_key(b"work:" + work_id.bytes)
        return cls(key, work_id), wrapped

    @classmethod
    def of(cls, keyring: Keyring, work_id: UUID, wrapped: bytes) -> "Sealer":
        """Unwrap the key of a work. Raises `UnreadableContent`."""
        return cls(keyring.unwrap(wrapped, b"work:" + work_id.bytes), work_id)

    def seal_asked(self, asked: Asked) -> bytes:
        """Seal what was asked."""
        return self._key.seal(_encoder.encode(asked), b"asked:" + self._id.bytes)

    def asked(self, sealed: bytes) -> Asked:
        """Open what was asked."""
        return _asked.decode(self._key.open(sealed, b"asked:" + self._id.bytes))

    def seal_told(self, told: Told) -> bytes:
        """Seal what is told."""
        return self._key.seal(_encoder.encode(told), b"told:" + self._id.bytes)

    def told(self, sealed: bytes) -> Told:
        """Open what is told."""
        return _told.decode(self._key.open(sealed, b"told:" + self._id.bytes))

    def seal_kept(self, kept: list[Kept], piece_id: UUID) -> bytes:
        """Seal segments written together."""
        return self._key.seal(_encoder.encode(kept), self._id.bytes + piece_id.bytes)

    def kept(self, sealed: bytes, piece_id: UUID) -> list[Kept]:
        """Open segments written together."""
        return _kept.decode(self._key.open(sealed, self._id.bytes + piece_id.bytes))

    def seal_step(self, step: Step, piece_id: UUID) -> bytes:
        """Seal what came of a question of a summary."""
        return self._key.seal(_encoder.encode(step), self._id.bytes + piece_id.bytes)

    def step(self, sealed: bytes, piece_id: UUID) -> Step:
        """Open what came of a question of a summary."""
        return _step.decode(self._key.open(sealed, self._id.bytes + piece_id.bytes))
