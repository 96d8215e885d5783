"""Coded errors of API keys."""

from chatelet.kernel.errors import AppError


class KeyRefused(AppError):
    """The key is not accepted; `reason` is unknown, expired, revoked, owner_disabled or right_withdrawn."""

    code = "key_refused"
    status = 401


class KeyScopeExceeded(AppError):
    """The key does not allow this; `reason` is route, address or origin."""

    code = "key_scope_exceeded"
    status = 403


class KeyNotFound(AppError):
    """No such key."""

    code = "key_not_found"
    status = 404


class KeyExpiryInvalid(AppError):
    """A key ends in the future, and within the `days` that this installation allows."""

    code = "key_expiry_invalid"
    status = 422


class TooManyKeys(AppError):
    """This person, or this unit, already has `limit` keys that live; revoke some."""

    code = "too_many_keys"
    status = 409
