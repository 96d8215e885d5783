"""Coded errors of papers."""

from chatelet.kernel.errors import AppError


class PaperNotFound(AppError):
    """There is no such paper, or its base is not open to the caller."""

    code = "paper_not_found"
    status = 404
