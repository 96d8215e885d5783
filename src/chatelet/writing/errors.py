"""Coded errors of the desk."""

from chatelet.kernel.errors import AppError


class WorkNotFound(AppError):
    """There is no such work, or it is not the caller's."""

    code = "work_not_found"
    status = 404


class WorkNotReady(AppError):
    """The work is not in a state that allows this: it is not done yet, or it has ended."""

    code = "work_not_ready"
    status = 409


class TooManyWorks(AppError):
    """The person has as many works under way as they may; the next waits until one ends."""

    code = "too_many_works"
    status = 409


class NothingToWrite(AppError):
    """The text or the file holds no words."""

    code = "nothing_to_write"
    status = 422


class GlossaryUnreadable(AppError):
    """The file is no glossary that can be read: CSV with two columns, or TBX; `line` says where it goes wrong."""

    code = "glossary_unreadable"
    status = 422


class GlossaryNotFound(AppError):
    """There is no such glossary, or it is not the caller's to use."""

    code = "glossary_not_found"
    status = 404


class TextTooLong(AppError):
    """The text is longer than what is written in the page: give it as a file."""

    code = "writing_text_too_long"
    status = 413
