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
class Publication:
    """What a person says of a text that they take away to publish it (AI Act, article 50(4)).

    `label`: the sentence that readers see under the title, empty for none. `reviewer`: who reviewed the text and
    answers for it, empty for nobody.
    """

    label: str = ""
    reviewer: str = ""

    @property
    def head(self) -> tuple[Block, ...]:
        """Return what the words of the document begin with."""
        return (Paragraph((Run(self.label, italic=True),)),) if self.label else ()

    def properties(self, at: datetime) -> tuple[tuple[str, str], ...]:
        """Return the names and values of the file's properties that say it to machines."""
        reviewed = (("human_reviewer", self.reviewer), ("human_reviewed_at", f"{at:%Y-%m-%d}"))
        return ((("ai_label", self.label),) if self.label else ()) + (reviewed if self.reviewer else ())


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `mark_ai`: a model wrote some of it, and the file says so (AI Act, article 50(2))."""

    title: str
    language: Language
    made_at: datetime
    blocks: tuple[Block, ...] = field(repr=False)
    author: str = ""
    mark_ai: bool = False
    publication: Publication | None = None

    @property
    def body(self) -> tuple[Block, ...]:
        """Return the words under the title, with the label that their publication asks for."""
        return self.blocks if self.publication is None else (*self.publication.head, *self.blocks)

    @property
    def notice(self) -> str:
        """Return what the foot of each page says of a model; once published, the label says it, where one is kept."""
        return AI_NOTICE[self.language] if self.mark_ai and self.publication is None else ""

    @property
    def properties(self) -> tuple[tuple[str, str], ...]:
        """Return the properties that are texts, beside the mark: what its publication says."""
        return () if self.publication is None else self.publication.properties(self.made_at)


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
