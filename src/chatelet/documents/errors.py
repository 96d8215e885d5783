"""Coded errors of files."""

from chatelet.kernel.errors import AppError


class FileNotFound(AppError):
    """There is no such file, or it is not the caller's to see."""

    code = "file_not_found"
    status = 404


class FileTooLarge(AppError):
    """The file is longer than this installation takes."""

    code = "file_too_large"
    status = 413


class FileQuotaReached(AppError):
    """The person, or the unit, keeps as many files, bytes or pages as it may."""

    code = "file_quota_reached"
    status = 409


class PartMisplaced(AppError):
    """The part does not begin where the last one ended; `offset` says where to go on."""

    code = "file_part_misplaced"
    status = 409


class FileInUse(AppError):
    """The file already belongs to a conversation or to a document."""

    code = "file_in_use"
    status = 409


class FileNotReady(AppError):
    """The file is not read yet, or could not be."""

    code = "file_not_ready"
    status = 409


class ReaderUnavailable(AppError):
    """The process that reads files does not start; it is tried again."""

    code = "reader_unavailable"
    status = 503


class FileUnreadable(AppError):
    """Reading ended without text; `status` says why."""

    code = "file_unreadable"
    status = 422


class FileNotExamined(AppError):
    """A safeguard broke on what the file says: it is neither opened nor given until it has been read again (TA-110)."""

    code = "file_not_examined"
    status = 503


class FileQuarantined(AppError):
    """A file that bears a defence marking which no installation may hold: it is neither read nor opened (TA-102)."""

    code = "file_quarantined"
    status = 403
