"""Coded errors of the governance file."""

from chatelet.kernel.errors import AppError


class FileVersionNotFound(AppError):
    """No such version."""

    code = "governance_file_not_found"
    status = 404
