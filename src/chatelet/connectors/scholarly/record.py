"""A work as the desk shows it, whoever told of it: frozen, and nothing invented; what no source said is None or empty.

`Record.missing` names what is missing, so that the page says it instead of leaving a blank.
"""

from typing import Final, Literal

import msgspec

from chatelet.scholarly_sections import ScholarlySource

SourceName = ScholarlySource
Kind = Literal[
    "article",
    "review",
    "preprint",
    "conference",
    "chapter",
    "book",
    "thesis",
    "report",
    "dataset",
    "notice",
    "other",
]
Version = Literal["published", "accepted", "submitted"]
NoticeKind = Literal["retraction", "withdrawal", "concern", "correction"]
RelationKind = Literal["published_as", "has_preprint", "version_of", "notice_of"]
Scheme = Literal["doi", "arxiv", "hal", "pmid", "pmcid", "openalex", "s2", "nnt"]

SCHEMES: Final[tuple[Scheme, ...]] = ("doi", "hal", "arxiv", "pmid", "pmcid", "openalex", "s2", "nnt")
RETRACTING: Final[frozenset[NoticeKind]] = frozenset({"retraction", "withdrawal"})


class Author(msgspec.Struct, frozen=True):
    """One author. `name` is as shown; family and given names only when the source tells them apart."""

    name: str
    family: str | None = None
    given: str | None = None
    orcid: str | None = None


class Identifiers(msgspec.Struct, frozen=True, omit_defaults=True):
    """Names of the work, normalised (`identifiers.py`); None where no source gave one."""

    doi: str | None = None
    hal: str | None = None
    arxiv: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    openalex: str | None = None
    s2: str | None = None
    nnt: str | None = None

    def pairs(self) -> list[tuple[Scheme, str]]:
        """Return those that are known, the most lasting first."""
        found: list[tuple[Scheme, str | None]] = [(scheme, getattr(self, scheme)) for scheme in SCHEMES]
        return [(scheme, value) for scheme, value in found if value is not None]


class Access(msgspec.Struct, frozen=True):
    """Where it may be read freely. `is_open` None: no source said."""

    is_open: bool | None = None
    url: str | None = None
    is_pdf: bool = False
    licence: str | None = None
    version: Version | None = None


class Relation(msgspec.Struct, frozen=True):
    """Another version of the work, or the work that this notice is about."""

    kind: RelationKind
    scheme: Scheme | None = None
    value: str | None = None
    reference: str | None = None  # in words, when the source gives no identifier


class Notice(msgspec.Struct, frozen=True):
    """A retraction, a correction… of this work, and who told it."""

    kind: NoticeKind
    told_by: SourceName
    doi: str | None = None
    date: str | None = None


class Printed(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where it stands in print, as references write it."""

    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    publisher: str | None = None
    issn: str | None = None
    isbn: str | None = None


class Record(msgspec.Struct, frozen=True):
    """One work. `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; authors are in their order."""

    sources: tuple[SourceName, ...]
    title: str | None = None
    subtitle: str | None = None
    authors: tuple[Author, ...] = ()
    year: int | None = None
    date: str | None = None
    kind: Kind | None = None
    venue: str | None = None
    abstract: str | None = None
    language: str | None = None
    link: str | None = None
    identifiers: Identifiers = Identifiers()
    access: Access = Access()
    printed: Printed = Printed()
    relations: tuple[Relation, ...] = ()
    notices: tuple[Notice, ...] = ()
    citations: int | None = None
    domains: tuple[str, ...] = ()
    laboratories: tuple[str, ...] = ()

    @property
    def is_retracted(self) -> bool:
        """Tell whether a source says that it was retracted or withdrawn."""
        return any(notice.kind in RETRACTING for notice in self.notices)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what no source said, of what a reader expects."""
        told: dict[str, object] = {
            "title": self.title,
            "authors": self.authors,
            "year": self.year,
            "venue": self.venue,
            "abstract": self.abstract,
            "doi": self.identifiers.doi,
            "access": None if self.access.is_open is None else "told",
            "licence": self.access.licence or (None if self.access.is_open else "none expected"),
            "link": self.link,
        }
        return tuple(name for name, value in told.items() if not value)
