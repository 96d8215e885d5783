"""A passage as it is indexed and found: an exact slice of a document's text, and whose it is."""

from dataclasses import dataclass
from uuid import UUID

from chatelet.knowledge.languages import UNKNOWN


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """`start` and `end` count characters of the document's text, end excluded; `page` is where it begins.

    `collection_id` is what it is searched under: its collection or, within it, the circle of those who may read it.
    `title` is the document's; `headings` lead to the passage, the outermost first.
    """

    id: UUID
    collection_id: UUID
    document_id: UUID
    version_id: UUID
    ordinal: int
    text: str
    start: int = 0
    end: int = 0
    page: int | None = None
    title: str = ""
    headings: tuple[str, ...] = ()
    language: str = UNKNOWN

    @property
    def named(self) -> str:
        """What the passage stands under, as it is searched."""
        return " ".join((self.title, *self.headings)).strip()


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a passage and its vector; a passage's best window speaks for it."""

    passage_id: UUID
    vector: tuple[float, ...]
