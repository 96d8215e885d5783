"""Facts about forgetting: durations set, what was destroyed, certificates, requests of persons."""

from typing import ClassVar, Literal
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Code, Count, Hexadecimal, ObjectKind, Result


class _OfRule(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "retention"
    object_field: ClassVar[str | None] = "rule_id"
    rule_id: UUID
    kind: Code
    unit_id: UUID | None = None


class RetentionSet(_OfRule, frozen=True, kw_only=True):
    """How long a kind is kept was set, in days; without unit, for the institution."""

    name: ClassVar[str] = "retention.set"
    before: Count | None = None
    after: Count
    version: Count


class RetentionLifted(_OfRule, frozen=True, kw_only=True):
    """A duration was lifted: what is above holds again."""

    name: ClassVar[str] = "retention.lifted"
    before: Count


class RetentionChosen(BaseEvent, frozen=True, kw_only=True):
    """A person chose a shorter time for what is theirs, or (`after` is null) went back to the institution's."""

    name: ClassVar[str] = "retention.chosen"
    object_kind: ClassVar[ObjectKind] = "person"
    object_field: ClassVar[str | None] = "person_id"
    person_id: UUID
    kind: Code
    before: Count | None = None
    after: Count | None = None


class DeletionCertified(BaseEvent, frozen=True, kw_only=True):
    """Something was destroyed and certified; `sha256` is that of the signed certificate."""

    name: ClassVar[str] = "deletion.certified"
    object_kind: ClassVar[ObjectKind] = "certificate"
    object_field: ClassVar[str | None] = "certificate_id"
    certificate_id: UUID
    reason: Literal["retention", "person", "idle"]
    sha256: Hexadecimal
    rows: Count
    keys: Count
    blobs: Count
    vectors: Count


class DiskCleaned(BaseEvent, frozen=True, kw_only=True):
    """What had been deleted left the disk of the database: tables rewritten, files of the write-ahead log ended."""

    name: ClassVar[str] = "disk.cleaned"
    object_kind: ClassVar[ObjectKind] = "database"
    object_field: ClassVar[str | None] = "cleaning_id"
    cleaning_id: UUID
    tables: Count
    segments: Count
    left: Count = 0

    @property
    def result(self) -> Result:
        """Failed when something was left: the next pass tries again."""
        return "failed" if self.left else "done"


class _OfRequest(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "request"
    object_field: ClassVar[str | None] = "request_id"
    request_id: UUID
    kind: Literal["access", "erasure", "rectification", "objection"]


class RequestMade(_OfRequest, frozen=True, kw_only=True):
    """A person asked for one of their rights, or (`by`) their account was idle too long."""

    name: ClassVar[str] = "request.made"
    by: Literal["self", "idle"] = "self"


class RequestClosed(_OfRequest, frozen=True, kw_only=True):
    """A request was answered."""

    name: ClassVar[str] = "request.closed"
    outcome: Literal["done", "declined"]


class RequestsRead(BaseEvent, frozen=True, kw_only=True):
    """The requests of persons were consulted."""

    name: ClassVar[str] = "requests.read"
    object_kind: ClassVar[ObjectKind] = "request"
    requests: Count


class ExportOpened(_OfRequest, frozen=True, kw_only=True):
    """A person downloaded the archive of their data."""

    name: ClassVar[str] = "export.opened"


class IdleNoticed(BaseEvent, frozen=True, kw_only=True):
    """A person was told by mail that their idle account will be erased."""

    name: ClassVar[str] = "idle.noticed"
    object_kind: ClassVar[ObjectKind] = "person"
    object_field: ClassVar[str | None] = "person_id"
    person_id: UUID
    days: Count
