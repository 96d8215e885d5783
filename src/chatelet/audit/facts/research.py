"""Facts about deep researches. Never a word of a question, of a query nor of a note, nor an address."""

from typing import ClassVar, Literal
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Code, Codes, Count, Hexadecimal, Level, ObjectKind, Result, Slug


class _OfResearch(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "research"
    object_field: ClassVar[str | None] = "research_id"
    research_id: UUID


class ResearchAsked(_OfResearch, frozen=True, kw_only=True):
    """A person asked for a research: a plan is about to be written, nothing leaves yet."""

    name: ClassVar[str] = "research.asked"
    level: Level
    sources: Codes
    collections: Count = 0
    model: Slug | None = None


class ResearchConfirmed(_OfResearch, frozen=True, kw_only=True):
    """A person confirmed a plan, or more searches: these queries, and no others, may leave."""

    name: ClassVar[str] = "research.confirmed"
    level: Level
    web: Count = 0
    scholarly: Count = 0
    bases: Count = 0
    edited: bool = False
    steps: Count = 0
    minutes: Count = 0
    tokens: Count = 0


class ResearchQueried(_OfResearch, frozen=True, kw_only=True):
    """A confirmed query is about to be asked, of whom."""

    name: ClassVar[str] = "research.queried"
    where: Code
    asked: Codes = ()
    level: Level


class ResearchRead(_OfResearch, frozen=True, kw_only=True):
    """A query was answered, or not: results, sources read, sources that gave nothing."""

    name: ClassVar[str] = "research.read"
    where: Code
    results: Count = 0
    sources: Count = 0
    unread: Count = 0
    silent: Codes = ()


class ResearchChanged(_OfResearch, frozen=True, kw_only=True):
    """A research was stopped, gone on with, taken away as a file or deleted; or its time was over."""

    name: ClassVar[str] = "research.changed"
    action: Literal["stopped", "resumed", "exported", "deleted", "expired"]


class ResearchPublished(_OfResearch, frozen=True, kw_only=True):
    """A report was taken away to be published: whether its person said to have reviewed it, whether it is labelled.

    `file`: the fingerprint (SHA-256) of the file that they took, by which it is known again.
    """

    name: ClassVar[str] = "research.published"
    form: Code
    reviewed: bool
    labelled: bool
    file: Hexadecimal


class ResearchClosed(_OfResearch, frozen=True, kw_only=True):
    """A research ended; `partial`: what it was allowed to use was used up."""

    name: ClassVar[str] = "research.closed"
    state: Literal["done", "partial", "failed"]
    level: Level
    model: Slug | None = None
    error: Code | None = None
    sources: Count = 0
    notes: Count = 0
    conflicts: Count = 0
    steps: Count = 0
    seconds: Count = 0
    prompt_tokens: Count = 0
    completion_tokens: Count = 0

    @property
    def result(self) -> Result:
        """Whether a report was written."""
        return "failed" if self.state == "failed" else "done"
