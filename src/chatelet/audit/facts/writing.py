"""Facts about works of the writing desk and glossaries. Never a word of them, nor the name of a file."""

from typing import ClassVar, Literal
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Code, Count, Level, ObjectKind, Result, Slug


class _OfWork(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "work"
    object_field: ClassVar[str | None] = "work_id"
    work_id: UUID


class WorkAsked(_OfWork, frozen=True, kw_only=True):
    """A person asked for a text, or a file, to be translated, rewritten or summarised."""

    name: ClassVar[str] = "work.asked"
    kind: Code
    level: Level
    files: Count
    model: Slug | None = None


class WorkChanged(_OfWork, frozen=True, kw_only=True):
    """A work was paused, resumed, cancelled or deleted, by its person or because its time was over."""

    name: ClassVar[str] = "work.changed"
    action: Literal["paused", "resumed", "cancelled", "deleted", "expired"]


class WorkOpened(_OfWork, frozen=True, kw_only=True):
    """The file that a work made was downloaded."""

    name: ClassVar[str] = "work.opened"


class WorkClosed(_OfWork, frozen=True, kw_only=True):
    """A work ended; `kept` segments stayed as they were, since nothing good came of them."""

    name: ClassVar[str] = "work.closed"
    kind: Code
    state: Literal["done", "failed"]
    level: Level
    model: Slug | None = None
    error: Code | None = None
    segments: Count = 0
    kept: Count = 0
    prompt_tokens: Count = 0
    completion_tokens: Count = 0

    @property
    def result(self) -> Result:
        """Whether it was written."""
        return "done" if self.state == "done" else "failed"


class GlossaryChanged(BaseEvent, frozen=True, kw_only=True):
    """A glossary or a translation memory was imported, taken away as a file, or deleted."""

    name: ClassVar[str] = "glossary.changed"
    object_kind: ClassVar[ObjectKind] = "glossary"
    object_field: ClassVar[str | None] = "glossary_id"
    glossary_id: UUID
    action: Literal["added", "exported", "removed"]
    kind: Literal["terms", "memory"]
    lines: Count
    unit_id: UUID | None = None
