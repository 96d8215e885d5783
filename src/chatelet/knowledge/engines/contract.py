"""What an index of passages does, wherever it is kept.

    index(passages) · add_windows(windows, model) · delete(version)          an index is disposable: made again from
    candidates(question, scope, depth) -> Found                              the documents, without loss

The right to read is part of the question: `Scope` names the shelves that may answer, and a passage of another one never
leaves the index, nor counts in what leaves it (TA-025). A shelf is a collection or, for documents that only some of its
readers may read, the circle of those readers; `IndexedPassage.collection_id` names it.

Fusion, proximity and explanation are the same for all (`search`): an index gives the two scores of each candidate, and
how rare each term is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol
from uuid import UUID

from chatelet.knowledge.passages import IndexedPassage, Window

SATURATION: Final = 1.2  # k1 of BM25: how soon a repeated term says nothing more
LENGTH_SHARE: Final = 0.75  # b of BM25: how much a long passage is held against itself
TITLE_WEIGHT: Final = 2  # a term of the title counts as so many of the text
DEPTH: Final = 100


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: `terms` each once, in the order they were said; `vector` None without embeddings."""

    terms: tuple[str, ...]
    vector: tuple[float, ...] | None = None
    model: str = ""  # that made the vector: vectors of two models do not compare


@dataclass(frozen=True, slots=True)
class Scope:
    """What may answer, computed from the caller's rights in the same transaction: collections, circles within them."""

    collections: frozenset[UUID]
    circles: frozenset[UUID] = frozenset()

    @property
    def shelves(self) -> frozenset[UUID]:
        """All that passages may stand on: each collection is the shelf of what all its readers may read."""
        return self.collections | self.circles


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its scores; `cosine` None when it has no vector (or the question none)."""

    passage: IndexedPassage
    lexical: float
    cosine: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates in no order; `rarity` is each term's inverse document frequency, that of absent terms included."""

    candidates: tuple[Candidate, ...]
    rarity: Mapping[str, float] = field(default_factory=dict[str, float])
    passages: int | None = None  # how many are in scope there, where another index is to tell whether it has them all


class Engine(Protocol):
    """An index of passages."""

    async def index(self, passages: Sequence[IndexedPassage]) -> None:
        """Add the passages of a version; searchable once this returns."""
        ...

    async def add_windows(self, windows: Sequence[Window], model: str) -> None:
        """Add vectors made by `model` to passages already indexed."""
        ...

    async def delete(self, version_id: UUID) -> None:
        """Remove every passage of a version, with its vectors."""
        ...

    async def move(self, document_id: UUID, shelf_id: UUID) -> None:
        """Put every passage of a document on another shelf: its readers changed, its words did not."""
        ...

    async def neighbours(self, passage: IndexedPassage, scope: Scope, reach: int = 1) -> list[IndexedPassage]:
        """Return the passages before and after, in order, of the same version."""
        ...

    async def candidates(self, question: Question, scope: Scope, depth: int = DEPTH) -> Found:
        """Return the best `depth` by terms and the best `depth` by vector, each with both scores."""
        ...
