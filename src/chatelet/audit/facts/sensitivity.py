"""Facts about labels and safeguards: which rule met what, never the words it met."""

from typing import ClassVar, Literal
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Codes, Count, Level, ObjectKind, Result, Slug


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


class MarkingRefused(BaseEvent, frozen=True, kw_only=True):
    """A defence marking was met in words about to enter: nothing of them was kept. An alert for security officers."""

    name: ClassVar[str] = "marking.refused"
    object_kind: ClassVar[ObjectKind] = "conversation"
    object_field: ClassVar[str | None] = "conversation_id"
    conversation_id: UUID | None = None
    markings: Codes
    where: Literal["question", "api", "import"]

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
