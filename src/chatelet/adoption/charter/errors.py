"""Coded errors of the charter."""

from chatelet.kernel.errors import AppError


class CharterNotAccepted(AppError):
    """The charter in force must be read and accepted before a question is asked; nothing was sent."""

    code = "charter_not_accepted"
    status = 403


class CharterOutdated(AppError):
    """This text is not the one in force for the caller any more: read the new one."""

    code = "charter_outdated"
    status = 409


class CharterChanged(AppError):
    """Somebody published another version meanwhile; nothing was published."""

    code = "charter_changed"
    status = 409


class CharterEmpty(AppError):
    """A charter has a text, in French or in English at least."""

    code = "charter_empty"
    status = 422
