"""Coded errors of cleaning."""

from chatelet.kernel.errors import AppError


class DiskCleaningForbidden(AppError):
    """The owner's role lacks rights: pg_monitor, pg_checkpoint, pg_switch_wal (docs/operate/forgotten-disk.md)."""

    code = "disk_cleaning_forbidden"
    status = 500


class DiskCleaningUnderWay(AppError):
    """Another pass is under way."""

    code = "disk_cleaning_under_way"
    status = 409
