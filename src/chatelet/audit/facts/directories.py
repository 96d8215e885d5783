"""Facts about what comes from outside in bulk: directories that provision by SCIM, files that are imported."""

from typing import ClassVar
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Changes, Count, ObjectKind


class _OfDirectory(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "directory"
    object_field: ClassVar[str | None] = "directory_id"
    directory_id: UUID


class DirectoryConnected(_OfDirectory, frozen=True, kw_only=True):
    """A directory was given a token; it is the actor of what it changes. `unit_id` bounds it."""

    name: ClassVar[str] = "directory.connected"
    unit_id: UUID | None = None


class DirectoryRevoked(_OfDirectory, frozen=True, kw_only=True):
    """The token of a directory was revoked."""

    name: ClassVar[str] = "directory.revoked"


class DirectoryGroupMapped(BaseEvent, frozen=True, kw_only=True):
    """An administrator said what a directory's group leads to: a unit, a role on a unit or everywhere, or nothing."""

    name: ClassVar[str] = "directory.group_mapped"
    object_kind: ClassVar[ObjectKind] = "group"
    object_field: ClassVar[str | None] = "group_id"
    group_id: UUID
    directory_id: UUID
    unit_id: UUID | None = None
    role_id: UUID | None = None
    values: Changes = ()


class _OfImport(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "import"
    lines: Count = 0
    created: Count = 0
    changed: Count = 0
    moved: Count = 0
    unchanged: Count = 0


class UnitsImported(_OfImport, frozen=True, kw_only=True):
    """A file of units was imported, whole."""

    name: ClassVar[str] = "units.imported"


class PersonsImported(_OfImport, frozen=True, kw_only=True):
    """A file of persons was imported, whole; `disabled` and `enabled` are counted among the changed."""

    name: ClassVar[str] = "persons.imported"
    disabled: Count = 0
    enabled: Count = 0
