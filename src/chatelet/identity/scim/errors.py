"""Coded errors of the administration of directories."""

from chatelet.kernel.errors import AppError


class DirectoryNotFound(AppError):
    """No such directory."""

    code = "directory_not_found"
    status = 404


class DirectoryGroupNotFound(AppError):
    """No such group of this directory."""

    code = "directory_group_not_found"
    status = 404


class IssuerInvalid(AppError):
    """An issuer has 1 to `longest` printable characters without space, and is not this installation itself."""

    code = "issuer_invalid"
    status = 422
