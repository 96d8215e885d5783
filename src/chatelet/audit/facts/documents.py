"""Facts about files, collections and their documents. Never a name nor a word of them."""

from typing import ClassVar, Literal
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Changes, Code, Codes, Count, Level, ObjectKind, Result, Slug


class _OfFile(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "file"
    object_field: ClassVar[str | None] = "file_id"
    file_id: UUID


class FileReceived(_OfFile, frozen=True, kw_only=True):
    """A person began to send a file."""

    name: ClassVar[str] = "file.received"
    level: Level
    bytes: Count


class FileRead(_OfFile, frozen=True, kw_only=True):
    """A file was read, or could not be; `recognised` pages were read by character recognition."""

    name: ClassVar[str] = "file.read"
    status: Code
    pages: Count
    recognised: Count
    findings: Count


class FileStopped(_OfFile, frozen=True, kw_only=True):
    """The antivirus stopped a file, or did not answer; or detectors broke on it."""

    name: ClassVar[str] = "file.stopped"
    reason: Literal["infected", "unavailable", "not_examined"]

    @property
    def result(self) -> Result:
        """Always refused."""
        return "refused"


class FileOpened(_OfFile, frozen=True, kw_only=True):
    """The original of a file was downloaded."""

    name: ClassVar[str] = "file.opened"


class FileDeleted(_OfFile, frozen=True, kw_only=True):
    """The key of a file was destroyed, and its blobs are being deleted."""

    name: ClassVar[str] = "file.deleted"


class _OfCollection(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "collection"
    object_field: ClassVar[str | None] = "collection_id"
    collection_id: UUID


class CollectionChanged(_OfCollection, frozen=True, kw_only=True):
    """A collection was made, changed or deleted; `changed` names the fields, never their values."""

    name: ClassVar[str] = "collection.changed"
    action: Literal["added", "changed", "removed"]
    unit_id: UUID | None = None
    level: Level | None = None
    changed: Codes = ()
    documents: Count = 0


class CollectionShared(_OfCollection, frozen=True, kw_only=True):
    """Someone, or a unit, was given a part in a collection, or lost it (`after` is null)."""

    name: ClassVar[str] = "collection.shared"
    person_id: UUID | None = None
    unit_id: UUID | None = None
    before: Code | None = None
    after: Code | None = None


class CollectionConsulted(_OfCollection, frozen=True, kw_only=True):
    """A closed collection was searched for a question, or a document of it was looked into. Never what was asked."""

    name: ClassVar[str] = "collection.consulted"
    way: Literal["question", "document"]


class DocumentChanged(_OfCollection, frozen=True, kw_only=True):
    """A document was added, given a new version, changed, moved or removed."""

    name: ClassVar[str] = "document.changed"
    document_id: UUID
    action: Literal["added", "version", "changed", "removed"]
    file_id: UUID | None = None
    changed: Codes = ()


class VectorModelChanged(BaseEvent, frozen=True, kw_only=True):
    """Vectors of another model are being made for the collections of a level, or answer for them from now on."""

    name: ClassVar[str] = "index.model_changed"
    object_kind: ClassVar[ObjectKind] = "model"
    object_field: ClassVar[str | None] = "model"
    level: Level
    model: Slug
    action: Literal["arriving", "answering"]


class PlaceChanged(BaseEvent, frozen=True, kw_only=True):
    """A place that sources may follow was declared, changed, tried or withdrawn; never its address nor credential."""

    name: ClassVar[str] = "place.changed"
    object_kind: ClassVar[ObjectKind] = "place"
    object_field: ClassVar[str | None] = "place_id"
    place_id: UUID
    action: Literal["added", "changed", "tried", "removed"]
    kind: Code
    unit_id: UUID | None = None
    changed: Codes = ()
    values: Changes = ()
    error: Code | None = None


class SourceChanged(_OfCollection, frozen=True, kw_only=True):
    """A source of a collection was made, changed, tried, asked for, let delete what has gone, or removed."""

    name: ClassVar[str] = "source.changed"
    source_id: UUID | None = None
    place_id: UUID
    action: Literal["added", "changed", "tried", "asked", "confirmed", "removed"]
    changed: Codes = ()
    error: Code | None = None
    documents: Count = 0


class SourceRan(_OfCollection, frozen=True, kw_only=True):
    """A source was followed, as far as it could be; `leaving` documents wait for a curator's word."""

    name: ClassVar[str] = "source.ran"
    source_id: UUID
    state: Code
    error: Code | None = None
    listed: Count = 0
    added: Count = 0
    changed: Count = 0
    removed: Count = 0
    failed: Count = 0
    leaving: Count = 0

    @property
    def result(self) -> Result:
        """Whether the place answered."""
        return "failed" if self.error else "done"


class DocumentIndexed(_OfCollection, frozen=True, kw_only=True):
    """The passages of a version can be found."""

    name: ClassVar[str] = "document.indexed"
    document_id: UUID
    version_id: UUID
    passages: Count


class OrphansChecked(BaseEvent, frozen=True, kw_only=True):
    """What deleted documents left behind was looked for, and deleted: passages, files, blobs. There should be none."""

    name: ClassVar[str] = "orphans.checked"
    object_kind: ClassVar[ObjectKind] = "database"
    passages: Count = 0
    files: Count = 0
    blobs: Count = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many were found, by kind."""
        return {"passages": self.passages, "files": self.files, "blobs": self.blobs}

    @property
    def result(self) -> Result:
        """Failed when there was any: something was not deleted when it should have been."""
        return "failed" if any(self.counts.values()) else "done"


class WorksMirrored(BaseEvent, frozen=True, kw_only=True):
    """Published works were kept here for the scholarly desk, by a command of the server."""

    name: ClassVar[str] = "works.mirrored"
    object_kind: ClassVar[ObjectKind] = "place"
    origin: Literal["openalex", "hal"]
    works: Count = 0
