"""What is sealed of a research, with a key of its own: what was asked, the plan, each thing found or written."""

from datetime import timedelta
from typing import Final, Literal, TypeVar
from uuid import UUID

import msgspec

from chatelet.conversations.snapshots.snapshot import Snapshot
from chatelet.evidence.conflicts import Kind
from chatelet.evidence.passage import Reason
from chatelet.kernel.crypto import DataKey, Keyring
from chatelet.research.plan import Plan, Query, Where

KEPT_ALIVE: Final = timedelta(seconds=20)  # after which a research that nobody touched has lost its process
SearchState = Literal["asked", "interrupted", "found", "read", "failed"]


class Asked(msgspec.Struct, frozen=True):
    """What was asked. `level` and `categories` are those of the question alone: what may leave is of these."""

    question: str
    language: Literal["fr", "en"]
    level: str
    categories: tuple[str, ...] = ()
    where: tuple[Where, ...] = ()
    tiers: tuple[str, ...] = ()
    collections: tuple[UUID, ...] = ()
    model: str | None = None


class Named(msgspec.Struct, frozen=True):
    """A page that an engine named, to read."""

    address: str
    title: str
    published: str | None = None


class Search(msgspec.Struct, frozen=True):
    """What became of a query. `sources` are the numbers of what was read of it, `missed` why others were not."""

    state: SearchState
    results: int = 0
    named: tuple[Named, ...] = ()
    sources: tuple[int, ...] = ()
    missed: dict[str, int] = {}
    silent: dict[str, str] = {}
    reason: str | None = None


class Source(msgspec.Struct, frozen=True):
    """What was read, as it was. Positions of notes and citations are characters of `page.text`."""

    id: UUID
    number: int
    where: Where
    page: Snapshot
    year: int | None = None
    authors: tuple[str, ...] = ()
    venue: str | None = None
    licence: str | None = None
    doi: str | None = None
    retracted: bool = False
    abstract_only: bool = False
    collection_id: UUID | None = None
    file_id: UUID | None = None
    file_page: int | None = None


class Note(msgspec.Struct, frozen=True):
    """Words of a source that tell something of a sub-question, and what they tell when that was verified."""

    start: int
    end: int
    told: str = ""
    by: Literal["model", "code"] = "model"


class Notes(msgspec.Struct, frozen=True):
    """The notes of one source for one sub-question. `refused` quotations were not in the source."""

    item: int
    source: int
    notes: tuple[Note, ...] = ()
    refused: int = 0


class Place(msgspec.Struct, frozen=True):
    """A note, by the source and its rank there."""

    source: int
    rank: int


class Conflict(msgspec.Struct, frozen=True):
    """Two notes that disagree."""

    first: Place
    second: Place
    kind: Kind
    by: Literal["model", "code"] = "code"


class Conflicts(msgspec.Struct, frozen=True):
    """Those of one sub-question; `refused`: what the model proposed and the machine did not find."""

    item: int
    found: tuple[Conflict, ...] = ()
    refused: int = 0


class Cited(msgspec.Struct, frozen=True):
    """Where a sentence stands in a source."""

    source: int
    start: int
    end: int


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of the report. Without `cited` it states nothing that could be checked."""

    text: str
    cited: tuple[Cited, ...] = ()


class LeftOut(msgspec.Struct, frozen=True):
    """A sentence that the model wrote and no source supports: told apart, never part of the report."""

    text: str
    reason: Reason


class Section(msgspec.Struct, frozen=True):
    """What is reported of a sub-question; of the whole when `item` is None."""

    item: int | None
    paragraphs: tuple[tuple[Sentence, ...], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    by: Literal["model", "code"] = "model"


class Proposals(msgspec.Struct, frozen=True):
    """Searches that the model would make next. None leaves unless the person confirms it."""

    queries: tuple[Query, ...] = ()


Piece = Search | Source | Notes | Conflicts | Section | Proposals
KINDS: Final[dict[str, type[Piece]]] = {
    "search": Search,
    "source": Source,
    "notes": Notes,
    "conflicts": Conflicts,
    "section": Section,
    "proposals": Proposals,
}
_encoder = msgspec.msgpack.Encoder()
_T = TypeVar("_T")


class Sealer:
    """Seals and opens what a research holds."""

    def __init__(self, key: DataKey, research_id: UUID) -> None:
        self._key = key
        self._id = research_id

    @classmethod
    def make(cls, keyring: Keyring, research_id: UUID) -> tuple["Sealer", bytes]:
        """Make the key of a new research; return its wrapped form too."""
        key, wrapped = keyring.new_key(b"research:" + research_id.bytes)
        return cls(key, research_id), wrapped

    @classmethod
    def of(cls, keyring: Keyring, research_id: UUID, wrapped: bytes) -> "Sealer":
        """Unwrap the key of a research. Raises `UnreadableContent`."""
        return cls(keyring.unwrap(wrapped, b"research:" + research_id.bytes), research_id)

    def seal_asked(self, asked: Asked) -> bytes:
        """Seal what was asked."""
        return self._seal(asked, b"asked")

    def asked(self, sealed: bytes) -> Asked:
        """Open what was asked."""
        return self._open(sealed, b"asked", Asked)

    def seal_plan(self, plan: Plan) -> bytes:
        """Seal a plan."""
        return self._seal(plan, b"plan")

    def plan(self, sealed: bytes) -> Plan:
        """Open a plan."""
        return self._open(sealed, b"plan", Plan)

    def seal_piece(self, kind: str, name: str, piece: Piece) -> bytes:
        """Seal what was found."""
        return self._seal(piece, f"{kind}:{name}".encode())

    def piece(self, kind: str, name: str, sealed: bytes) -> Piece:
        """Open what was found."""
        return self._open(sealed, f"{kind}:{name}".encode(), KINDS[kind])

    def _seal(self, held: object, place: bytes) -> bytes:
        return self._key.seal(_encoder.encode(held), place + b":" + self._id.bytes)

    def _open(self, sealed: bytes, place: bytes, kind: type[_T]) -> _T:
        return msgspec.msgpack.decode(self._key.open(sealed, place + b":" + self._id.bytes), type=kind)
