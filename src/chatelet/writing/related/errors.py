"""Coded errors of related work."""

from chatelet.kernel.errors import AppError


class DraftSaysNothing(AppError):
    """A draft without a sentence that works could be looked for by."""

    code = "draft_says_nothing"
    status = 422
