"""Facts about labels and safeguards: which rule met what, never the words it met."""

from typing import ClassVar, Literal
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Code, Codes, Count, Level, ObjectKind, Result, Slug


class LevelRaised(BaseEvent, frozen=True, kw_only=True):
    """A conversation's label was raised: its level, or the categories that it holds."""

    name: ClassVar[str] = "level.raised"
    object_kind: ClassVar[ObjectKind] = "conversation"
    object_field: ClassVar[str | None] = "conversation_id"
    conversation_id: UUID
    before: Level
    after: Level
    categories: Codes = ()


class LevelLowered(BaseEvent, frozen=True, kw_only=True):
    """Somebody who may gave a conversation a lower label, and said why."""

    name: ClassVar[str] = "level.lowered"
    object_kind: ClassVar[ObjectKind] = "conversation"
    object_field: ClassVar[str | None] = "conversation_id"
    conversation_id: UUID
    before: Level
    after: Level
    categories_before: Codes = ()
    categories: Codes = ()
    reason: Literal["mistaken", "declassified", "anonymised", "removed"]


class LevelAdded(BaseEvent, frozen=True, kw_only=True):
    """The settings name a level that the institution adds."""

    name: ClassVar[str] = "level.added"
    object_kind: ClassVar[ObjectKind] = "policy"
    object_field: ClassVar[str | None] = "level"
    level: Level


class LevelRemoved(BaseEvent, frozen=True, kw_only=True):
    """The settings no longer name a level that was added; nothing bore it."""

    name: ClassVar[str] = "level.removed"
    object_kind: ClassVar[ObjectKind] = "policy"
    object_field: ClassVar[str | None] = "level"
    level: Level


class WordsPseudonymised(BaseEvent, frozen=True, kw_only=True):
    """Names and identifiers were replaced before words left for a model: how many, of which types."""

    name: ClassVar[str] = "words.pseudonymised"
    object_kind: ClassVar[ObjectKind] = "conversation"
    object_field: ClassVar[str | None] = "conversation_id"
    turn_id: UUID
    conversation_id: UUID
    model: Slug
    level: Level
    categories: Codes = ()
    replaced: Count
    types: Codes = ()


class AnswerScreened(BaseEvent, frozen=True, kw_only=True):
    """Detectors found something grave in what a model wrote: how many were masked, how many others, of which types."""

    name: ClassVar[str] = "answer.screened"
    object_kind: ClassVar[ObjectKind] = "conversation"
    object_field: ClassVar[str | None] = "conversation_id"
    turn_id: UUID
    conversation_id: UUID
    masked: Count
    found: Count
    types: Codes = ()


class SafeguardContested(BaseEvent, frozen=True, kw_only=True):
    """A person contested what a safeguard decided, or reported an incident; the words are sealed, for who answers."""

    name: ClassVar[str] = "safeguard.contested"
    object_kind: ClassVar[ObjectKind] = "report"
    object_field: ClassVar[str | None] = "report_id"
    report_id: UUID
    kind: Literal["contest", "incident"]
    about: Code
    turn_id: UUID | None = None


class SafeguardAnswered(BaseEvent, frozen=True, kw_only=True):
    """Who answers contests and incidents decided one."""

    name: ClassVar[str] = "safeguard.answered"
    object_kind: ClassVar[ObjectKind] = "report"
    object_field: ClassVar[str | None] = "report_id"
    report_id: UUID
    kind: Literal["contest", "incident"]
    state: Literal["upheld", "changed", "closed"]


class SafeguardsRead(BaseEvent, frozen=True, kw_only=True):
    """Somebody who may read what persons contested and reported."""

    name: ClassVar[str] = "safeguard.read"
    object_kind: ClassVar[ObjectKind] = "report"
    object_field: ClassVar[str | None] = None
    reports: Count


class MarkingRefused(BaseEvent, frozen=True, kw_only=True):
    """A defence marking was met in words about to enter: nothing of them was kept. An alert for security officers."""

    name: ClassVar[str] = "marking.refused"
    object_kind: ClassVar[ObjectKind] = "conversation"
    object_field: ClassVar[str | None] = "conversation_id"
    conversation_id: UUID | None = None
    markings: Codes
    where: Literal["question", "api", "import", "writing", "research"]

    @property
    def result(self) -> Result:
        """Always refused."""
        return "refused"


class FileQuarantined(BaseEvent, frozen=True, kw_only=True):
    """A defence marking was met in a file: its content was destroyed. An alert for security officers."""

    name: ClassVar[str] = "file.quarantined"
    object_kind: ClassVar[ObjectKind] = "file"
    object_field: ClassVar[str | None] = "file_id"
    file_id: UUID
    markings: Codes

    @property
    def result(self) -> Result:
        """Always refused."""
        return "refused"
