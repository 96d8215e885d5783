"""What a document is made of, whatever the format it will be written in."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style."""

    text: str
    bold: bool = False
    italic: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; `level` from 1 to 4."""

    level: int
    words: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences."""

    words: Words


@dataclass(frozen=True, slots=True)
class Items:
    """A list, of one level."""

    items: tuple[Words, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a header, which is repeated on each page, and rows of as many cells. `widths` are shares."""

    header: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[float, ...] = ()

    @property
    def shares(self) -> tuple[float, ...]:
        """Return each column's share of the width; their sum is 1."""
        columns = len(self.header)
        given = self.widths if len(self.widths) == columns else (1.0,) * columns
        return tuple(one / sum(given) for one in given)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


Block = Heading | Paragraph | Items | Grid | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `mark_ai`: a model wrote some of it, and the file says so (AI Act, article 50(2))."""

    title: str
    language: Language
    made_at: datetime
    blocks: tuple[Block, ...] = field(repr=False)
    author: str = ""
    mark_ai: bool = False


AI_NOTICE: dict[Language, str] = {
    "fr": "Contenu produit par une intelligence artificielle",
    "en": "Content made by an artificial intelligence",
}
AI_PROPERTY = "ai_generated"


def words(text: str) -> Words:
    """Return plain words."""
    return (Run(text),)


def plain(runs: Words) -> str:
    """Return words without their style."""
    return "".join(run.text for run in runs)
