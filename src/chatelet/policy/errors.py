"""Refusals: each with the rule that decided, so that a person can be told what would be possible."""

from chatelet.kernel.errors import AppError


class Refusal(AppError):
    """The turn may not go on under the institution's rules. Stored, journalled and shown with its reason."""

    code = "refused_by_policy"
    status = 403


class LevelNotAllowed(Refusal):
    """The installation as a whole is not approved for this level of sensitivity."""

    code = "level_not_allowed"
