"""Coded errors of requests."""

from chatelet.kernel.errors import AppError


class RequestNotFound(AppError):
    """No such request, or it is somebody else's."""

    code = "privacy_request_not_found"
    status = 404


class RequestUnderWay(AppError):
    """One of the same kind is being answered already."""

    code = "privacy_request_under_way"
    status = 409


class RequestClosedAlready(AppError):
    """It was answered, or it is answered by the installation itself."""

    code = "privacy_request_closed"
    status = 409


class ArchiveNotReady(AppError):
    """The archive is being written, or is not kept any longer."""

    code = "archive_not_ready"
    status = 404
