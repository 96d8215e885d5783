"""Refusals: each with the rule that decided, so that a person can be told what would be possible."""

from chatelet.kernel.errors import AppError


class Refusal(AppError):
    """The turn may not go on under the institution's rules. Stored, journalled and shown with its reason."""

    code = "refused_by_policy"
    status = 403


class LevelNotAllowed(Refusal):
    """The installation as a whole is not approved for this level of sensitivity."""

    code = "level_not_allowed"


class UnitLevelNotAllowed(Refusal):
    """A unit of the person may not hold this level."""

    code = "unit_level_not_allowed"


class ModelRefusedByUnit(Refusal):
    """A rule of a unit of the person, which the parameters name, keeps this content from this model."""

    code = "model_refused_by_unit"


class PolicyUnreadable(Refusal):
    """The published policies are not understood by this process: nothing is let through without them."""

    code = "policy_unreadable"
