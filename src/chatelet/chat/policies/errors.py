"""Coded errors of policies."""

from chatelet.kernel.errors import AppError


class PolicyVersionNotFound(AppError):
    """No such version."""

    code = "policy_version_not_found"
    status = 404


class NoDraft(AppError):
    """There is no draft to try or to publish."""

    code = "policy_no_draft"
    status = 409


class PolicyInvalid(AppError):
    """A rule is not understood, names what does not exist, or would loosen what the institution allows."""

    code = "policy_invalid"
    status = 422
