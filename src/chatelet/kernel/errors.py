"""Coded errors: the only failures that reach a person.

The code travels (HTTP body, closing event of a stream, log line); the sentence shown lives in `web/src/i18n`, in
French and English. `params` holds only figures and names that the sentence needs, never content.
"""

from typing import ClassVar

Param = str | int | float


class AppError(Exception):
    """Base of every coded error. Subclasses set `code` (snake_case, stable) and `status` (HTTP)."""

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500
    # As the clients of the public API know the same thing, where that is not how we say it (kernel/public_errors.py).
    public_code: ClassVar[str | None] = None
    public_status: ClassVar[int | None] = None

    def __init__(self, **params: Param) -> None:
        super().__init__(self.code)
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code


class InvalidRequest(AppError):
    """The request does not have the declared shape."""

    code = "invalid_request"
    status = 422
    public_status = 400


class NotFound(AppError):
    """The object does not exist, or is not readable by the caller: the two are not told apart."""

    code = "not_found"
    status = 404


class Forbidden(AppError):
    """The caller is known and may not do this."""

    code = "forbidden"
    status = 403


class CrossSiteRequest(AppError):
    """A state-changing request came from another site (TA-095)."""

    code = "cross_site_request"
    status = 403


class BodyTooLarge(AppError):
    """The request body is longer than this route reads."""

    code = "body_too_large"
    status = 413


class HeadersTooLarge(AppError):
    """The headers of the request are longer than any client of ours sends."""

    code = "headers_too_large"
    status = 431


class DatabaseFull(AppError):
    """The disk of the database takes no more; nothing was changed."""

    code = "database_full"
    status = 503


class ServiceUnavailable(AppError):
    """The database does not answer; nothing was changed."""

    code = "service_unavailable"
    status = 503
