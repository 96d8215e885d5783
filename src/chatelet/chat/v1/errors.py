"""Coded errors of the public API, beside those of sign-in, clearance and models."""

from chatelet.kernel.errors import AppError


class InvalidParameter(AppError):
    """A parameter is missing, of another type than declared, or out of its bounds."""

    code = "invalid_parameter"
    status = 400


class UnsupportedParameter(AppError):
    """This parameter, or this value of it, is not supported here; nothing was sent to a model."""

    code = "unsupported_parameter"
    status = 400


class TooManyCalls(AppError):
    """This person's keys already have `limit` calls running; ask again when one has ended."""

    code = "too_many_calls"
    status = 429
