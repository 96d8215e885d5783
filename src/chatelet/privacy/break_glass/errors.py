"""Coded errors of reading somebody's content."""

from chatelet.kernel.errors import AppError


class ReadingNotFound(AppError):
    """No such request, or it is another requester's."""

    code = "content_reading_not_found"
    status = 404


class BothSides(AppError):
    """Whoever may ask and approve may do neither: the two are held by different persons."""

    code = "content_reading_both_sides"
    status = 403


class SamePerson(AppError):
    """The requester, or the person concerned, cannot decide."""

    code = "content_reading_same_person"
    status = 409


class ReadingDecided(AppError):
    """It was decided already, or its end date has passed."""

    code = "content_reading_decided"
    status = 409


class ReadingClosed(AppError):
    """It is not approved, or it has ended."""

    code = "content_reading_closed"
    status = 409
