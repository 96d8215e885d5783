"""Facts of governance: somebody's content asked for and read, policies published, the file generated."""

from typing import ClassVar, Literal
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Code, Count, Hexadecimal, ObjectKind


class _OfReading(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "reading"
    object_field: ClassVar[str | None] = "reading_id"
    reading_id: UUID
    subject_id: UUID | None = None


class ReadingAsked(_OfReading, frozen=True, kw_only=True):
    """Reading somebody's content was asked for; `ground` is that of the law which puts the notice off."""

    name: ClassVar[str] = "reading.asked"
    reason: Code
    scope: Literal["period", "conversation"]
    hours: Count
    ground: Code | None = None
    delay_days: Count = 0


class ReadingDecided(_OfReading, frozen=True, kw_only=True):
    """A second person approved a reading, or declined it."""

    name: ClassVar[str] = "reading.decided"
    outcome: Literal["approved", "declined"]


class ReadingTold(_OfReading, frozen=True, kw_only=True):
    """The person concerned was told of a reading."""

    name: ClassVar[str] = "reading.told"
    by: Literal["page", "mail"]


class ContentOpened(_OfReading, frozen=True, kw_only=True):
    """A conversation was opened under a reading."""

    name: ClassVar[str] = "content.opened"
    conversation_id: UUID
    turns: Count


class ReadingEnded(_OfReading, frozen=True, kw_only=True):
    """A reading ended: at its date, or before."""

    name: ClassVar[str] = "reading.ended"
    by: Literal["date", "person"]
    openings: Count


class PolicyDrafted(BaseEvent, frozen=True, kw_only=True):
    """A draft of the policies was written."""

    name: ClassVar[str] = "policy.drafted"
    object_kind: ClassVar[ObjectKind] = "policy"
    object_field: ClassVar[str | None] = "version_id"
    version_id: UUID
    number: Count
    rules: Count


class PolicyPublished(BaseEvent, frozen=True, kw_only=True):
    """A version of the policies holds from now on; `sha256` is that of its rules."""

    name: ClassVar[str] = "policy.published"
    object_kind: ClassVar[ObjectKind] = "policy"
    object_field: ClassVar[str | None] = "version_id"
    version_id: UUID
    number: Count
    replaces: Count | None = None
    rules: Count
    sha256: Hexadecimal


class PolicyTried(BaseEvent, frozen=True, kw_only=True):
    """A version was tried on the labels of past turns: figures only."""

    name: ClassVar[str] = "policy.tried"
    object_kind: ClassVar[ObjectKind] = "policy"
    object_field: ClassVar[str | None] = "version_id"
    version_id: UUID
    turns: Count
    refused: Count


class FileGenerated(BaseEvent, frozen=True, kw_only=True):
    """The governance file was made from the running configuration; `sha256` is that of what it tells."""

    name: ClassVar[str] = "governance.generated"
    object_kind: ClassVar[ObjectKind] = "service"
    object_field: ClassVar[str | None] = "file_id"
    file_id: UUID
    number: Count
    sha256: Hexadecimal
    to_reassess: Count
