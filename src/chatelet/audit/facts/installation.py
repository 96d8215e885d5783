"""Facts about the installation: models, backends, the journal itself, processes, schema."""

from typing import ClassVar, Literal
from uuid import UUID

from chatelet.audit.vocabulary import (
    BaseEvent,
    Changes,
    Code,
    Codes,
    Count,
    Hexadecimal,
    Level,
    ObjectKind,
    Result,
    Slug,
)


class BackendChanged(BaseEvent, frozen=True, kw_only=True):
    """An administrator added, changed or removed a backend; `changed` names the fields, `values` never a secret."""

    name: ClassVar[str] = "backend.changed"
    object_kind: ClassVar[ObjectKind] = "backend"
    object_field: ClassVar[str | None] = "backend"
    backend: Slug
    action: Literal["added", "changed", "removed"]
    changed: Codes = ()
    values: Changes = ()


class BackendProbed(BaseEvent, frozen=True, kw_only=True):
    """An administrator asked a backend for its state."""

    name: ClassVar[str] = "backend.probed"
    object_kind: ClassVar[ObjectKind] = "backend"
    object_field: ClassVar[str | None] = "backend"
    backend: Slug
    state: Code


class ModelChanged(BaseEvent, frozen=True, kw_only=True):
    """An administrator added, changed or removed a model; `changed` names the fields given."""

    name: ClassVar[str] = "model.changed"
    object_kind: ClassVar[ObjectKind] = "model"
    object_field: ClassVar[str | None] = "model"
    model: Slug
    action: Literal["added", "changed", "removed"]
    changed: Codes = ()
    highest_level: Level | None = None
    values: Changes = ()


class ProviderChanged(BaseEvent, frozen=True, kw_only=True):
    """An administrator changed a way to sign in, or what its claims give; `values` never hold a secret."""

    name: ClassVar[str] = "provider.changed"
    object_kind: ClassVar[ObjectKind] = "provider"
    object_field: ClassVar[str | None] = "provider"
    provider: Slug
    action: Literal["added", "changed", "removed"]
    changed: Codes = ()
    rules: Count | None = None
    values: Changes = ()


class ProviderProbed(BaseEvent, frozen=True, kw_only=True):
    """An administrator asked a provider how it describes itself."""

    name: ClassVar[str] = "provider.probed"
    object_kind: ClassVar[ObjectKind] = "provider"
    object_field: ClassVar[str | None] = "provider"
    provider: Slug
    state: Code


class ProviderInspected(BaseEvent, frozen=True, kw_only=True):
    """An administrator read what a provider told of the persons who signed in (login inspector)."""

    name: ClassVar[str] = "provider.inspected"
    object_kind: ClassVar[ObjectKind] = "provider"
    object_field: ClassVar[str | None] = "provider"
    provider: Slug
    shown: Count


class _OfJournal(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "journal"


class JournalPurged(_OfJournal, frozen=True, kw_only=True):
    """Whole months of events reached the end of their retention and were removed.

    Every event whose identifier is below `before` may be missing from now on, and links up to `links_through`.
    """

    name: ClassVar[str] = "journal.purged"
    before: UUID
    retention_days: Count
    events: Count
    links_through: Count = 0


class JournalRewound(_OfJournal, frozen=True, kw_only=True):
    """The database is behind, or beside, the last head that was published: restored from a backup, or truncated."""

    name: ClassVar[str] = "journal.rewound"
    head_seq: Count
    found_seq: Count

    @property
    def result(self) -> Result:
        """Never normal."""
        return "failed"


class JournalKeyChanged(_OfJournal, frozen=True, kw_only=True):
    """The journal is sealed with another key from now on."""

    name: ClassVar[str] = "journal.key_changed"
    key_id: Hexadecimal


class JournalExported(_OfJournal, frozen=True, kw_only=True):
    """The journal was copied out to a file."""

    name: ClassVar[str] = "journal.exported"


class JournalConsulted(_OfJournal, frozen=True, kw_only=True):
    """One person's events were read, in an authorised inquiry."""

    name: ClassVar[str] = "journal.consulted"
    person_id: UUID


class ServiceStarted(BaseEvent, frozen=True, kw_only=True):
    """A process of the installation started."""

    name: ClassVar[str] = "service.started"
    object_kind: ClassVar[ObjectKind] = "service"
    object_field: ClassVar[str | None] = "process"
    process: Literal["serve", "worker", "sealer"]
    version: Slug


class ServiceStopped(BaseEvent, frozen=True, kw_only=True):
    """A process of the installation stopped cleanly. A start without it tells of a crash."""

    name: ClassVar[str] = "service.stopped"
    object_kind: ClassVar[ObjectKind] = "service"
    object_field: ClassVar[str | None] = "process"
    process: Literal["serve", "worker", "sealer"]


class MigrationApplied(BaseEvent, frozen=True, kw_only=True):
    """The schema was brought to a revision."""

    name: ClassVar[str] = "migration.applied"
    object_kind: ClassVar[ObjectKind] = "database"
    object_field: ClassVar[str | None] = "after"
    before: Slug | None = None
    after: Slug
    snapshot: bool = False
