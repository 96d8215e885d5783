"""What the routes of the desk take and give: the records of `record.py`, with what is missing said."""

from typing import Annotated, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chatelet.connectors.scholarly.contract import Answer, Filters, Question, Sort, State
from chatelet.connectors.scholarly.desk import Desk, Found
from chatelet.connectors.scholarly.record import (
    Kind,
    NoticeKind,
    Record,
    RelationKind,
    Scheme,
    SourceName,
    Version,
)
from chatelet.connectors.scholarly.references.checking import Checked, Flaw, Verdict
from chatelet.policy.sensitivity import Level

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1_000)]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_Line = Annotated[str, Field(max_length=20_000)]
_Year = Annotated[int, Field(ge=1400, le=2200)]
PAGE_SIZE = 20


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DeskOut(BaseModel):
    """Whether the desk is open here, whom it asks, and what it may be asked."""

    open: bool
    sources: list[SourceName]
    highest_level: Level

    @classmethod
    def of(cls, desk: Desk) -> "DeskOut":
        """Tell of a desk."""
        names: list[SourceName] = [*desk.sources.names, *(["mirror"] if desk.mirrors else [])]
        return cls(open=desk.is_open, sources=names, highest_level=desk.sources.accepts.level)


class WorksQuestion(_Given):
    """What is looked for. `kinds` empty: any."""

    words: _Words
    year_from: _Year | None = None
    year_to: _Year | None = None
    kinds: Annotated[list[Kind], Field(max_length=20)] = []
    open_access: bool = False
    author: _Name | None = None
    domain: _Name | None = None
    laboratory: _Name | None = None
    sort: Sort = "relevance"
    page: Annotated[int, Field(ge=1, le=20)] = 1

    def question(self) -> Question:
        """Return it as sources are asked."""
        filters = Filters(
            year_from=self.year_from,
            year_to=self.year_to,
            kinds=frozenset(self.kinds),
            open_access=self.open_access,
            author=self.author,
            domain=self.domain,
            laboratory=self.laboratory,
        )
        return Question(self.words, filters, limit=PAGE_SIZE, page=self.page)

    def said(self) -> str:
        """Return all the words that would leave, for the safeguards. An author is named to be found."""
        return "\n".join(one for one in (self.words, self.domain, self.laboratory) if one)


class ResolveIn(_Given):
    """An identifier, or the address of a work."""

    identifier: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=400)]


class AuthorBody(_Given):
    """One author; family and given names only when a source tells them apart."""

    name: _Line
    family: _Line | None = None
    given: _Line | None = None
    orcid: _Line | None = None


class IdentifiersBody(_Given):
    """Identifiers that are known."""

    doi: _Line | None = None
    hal: _Line | None = None
    arxiv: _Line | None = None
    pmid: _Line | None = None
    pmcid: _Line | None = None
    openalex: _Line | None = None
    s2: _Line | None = None
    nnt: _Line | None = None


class AccessBody(_Given):
    """Where it may be read freely; `is_open` None: no source said."""

    is_open: bool | None = None
    url: _Line | None = None
    is_pdf: bool = False
    licence: _Line | None = None
    version: Version | None = None


class RelationBody(_Given):
    """Another version, or the work that a notice is about."""

    kind: RelationKind
    scheme: Scheme | None = None
    value: _Line | None = None
    reference: _Line | None = None


class NoticeBody(_Given):
    """A retraction, a correction… of this work."""

    kind: NoticeKind
    told_by: SourceName
    doi: _Line | None = None
    date: _Line | None = None


class PrintedBody(_Given):
    """Where it stands in print."""

    volume: _Line | None = None
    issue: _Line | None = None
    pages: _Line | None = None
    publisher: _Line | None = None
    issn: _Line | None = None
    isbn: _Line | None = None


class RecordBody(_Given):
    """One work, as the desk gives it and takes it back to export it."""

    sources: Annotated[list[SourceName], Field(max_length=20)] = []
    title: _Line | None = None
    subtitle: _Line | None = None
    authors: Annotated[list[AuthorBody], Field(max_length=20_000)] = []
    year: int | None = None
    date: _Line | None = None
    kind: Kind | None = None
    venue: _Line | None = None
    abstract: Annotated[str, Field(max_length=200_000)] | None = None
    language: _Line | None = None
    link: _Line | None = None
    identifiers: IdentifiersBody = IdentifiersBody()
    access: AccessBody = AccessBody()
    printed: PrintedBody = PrintedBody()
    relations: Annotated[list[RelationBody], Field(max_length=1_000)] = []
    notices: Annotated[list[NoticeBody], Field(max_length=1_000)] = []
    citations: int | None = None
    domains: Annotated[list[_Line], Field(max_length=1_000)] = []
    laboratories: Annotated[list[_Line], Field(max_length=1_000)] = []

    def record(self) -> Record:
        """Return the record itself."""
        known = self.model_dump(include=set(Record.__struct_fields__))
        return msgspec.convert(known, Record, strict=False)


class RecordOut(RecordBody):
    """One work, and what no source said of it."""

    is_retracted: bool
    missing: list[str]

    @classmethod
    def of(cls, record: Record) -> "RecordOut":
        """Tell a record."""
        told = msgspec.to_builtins(record)
        return cls(**told, is_retracted=record.is_retracted, missing=list(record.missing))


class AskedSourceOut(BaseModel):
    """How a source ended."""

    source: SourceName
    state: State
    works: int
    milliseconds: int

    @classmethod
    def of(cls, answer: Answer) -> "AskedSourceOut":
        """Tell an answer."""
        return cls(
            source=answer.source, state=answer.state, works=len(answer.records), milliseconds=answer.milliseconds
        )


class WorksOut(BaseModel):
    """Merged works, and how each source ended."""

    records: list[RecordOut]
    sources: list[AskedSourceOut]

    @classmethod
    def of(cls, found: Found) -> "WorksOut":
        """Tell what was found."""
        return cls(
            records=[RecordOut.of(one) for one in found.records],
            sources=[AskedSourceOut.of(one) for one in found.answers],
        )


class ExportIn(_Given):
    """Works to export, as the desk gave them."""

    format: Literal["bibtex", "csl", "ris"]
    records: Annotated[list[RecordBody], Field(min_length=1, max_length=500)]


class TextIn(_Given):
    """A text with references: a draft, LaTeX, BibTeX, RIS, a list of DOIs."""

    text: Annotated[str, Field(min_length=1, max_length=1_000_000)]


class RecordsOut(BaseModel):
    """Works read from a file of references: what the file says, not looked for."""

    records: list[RecordOut]


class CheckedOut(BaseModel):
    """A reference, and what was found of it. `flaws` is all that is wrong, `verdict` the gravest."""

    written: str
    key: str | None
    verdict: Verdict
    flaws: list[Flaw]
    work: RecordOut | None
    answered: list[str]

    @classmethod
    def of(cls, checked: Checked) -> "CheckedOut":
        """Tell a checked reference."""
        return cls(
            written=checked.reference.written,
            key=checked.reference.key,
            verdict=checked.verdict,
            flaws=list(checked.flaws),
            work=RecordOut.of(checked.work) if checked.work else None,
            answered=list(checked.answered),
        )


class ReferencesOut(BaseModel):
    """Every reference of a text, in order."""

    references: list[CheckedOut]
