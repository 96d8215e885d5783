"""Facts about backups: made, pruned, restored; which backup, and figures."""

from typing import ClassVar
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Count, ObjectKind


class _OfBackup(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "backup"
    object_field: ClassVar[str | None] = "backup_id"
    backup_id: UUID


class BackupMade(_OfBackup, frozen=True, kw_only=True):
    """A backup was made; `sent` and `kept` count its pieces and blobs: sent now, or there already."""

    name: ClassVar[str] = "backup.made"
    rows: Count
    blobs: Count
    missing: Count
    sent: Count
    kept: Count
    ledger_only: bool = False


class BackupsPruned(_OfBackup, frozen=True, kw_only=True):
    """A backup reached its end and was removed."""

    name: ClassVar[str] = "backup.removed"
    kept_days: Count


class BackupRestored(_OfBackup, frozen=True, kw_only=True):
    """This installation was restored from a backup; what had been destroyed since was destroyed again."""

    name: ClassVar[str] = "backup.restored"
    rows: Count
    blobs: Count
    persons: Count
    conversations: Count
    files: Count
    documents: Count
    erasures_known: bool
