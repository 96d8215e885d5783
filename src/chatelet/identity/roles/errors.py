"""Coded errors of roles and grants."""

from chatelet.kernel.errors import AppError


class RoleNotFound(AppError):
    """No such role."""

    code = "role_not_found"
    status = 404


class RoleCodeTaken(AppError):
    """Another role has this code."""

    code = "role_code_taken"
    status = 409


class RoleProtected(AppError):
    """A shipped role is not deleted, the role of administrator not changed, the role of everybody not given."""

    code = "role_protected"
    status = 409


class RoleInUse(AppError):
    """The role is given to `holders` persons: take it back from them first."""

    code = "role_in_use"
    status = 409


class GrantNotFound(AppError):
    """No such role given, or none that the caller may see."""

    code = "grant_not_found"
    status = 404


class GrantExists(AppError):
    """The person already holds this role there."""

    code = "grant_exists"
    status = 409


class GrantExpired(AppError):
    """The end of the grant is already past."""

    code = "grant_expired"
    status = 422


class DelegationExceeded(AppError):
    """Nobody gives or takes back more than they hold: `right` is missing there."""

    code = "delegation_exceeded"
    status = 403
