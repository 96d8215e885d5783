"""Coded errors of quotas."""

from chatelet.kernel.errors import AppError
from chatelet.policy.errors import Refusal


class QuotaReached(Refusal):
    """Nothing is left of an allowance: `measure`, `period`, `holder`, `amount`, and `reopens_at` when it begins again.

    `offer` names a smaller model that may still be asked, where the institution offers one.
    """

    code = "quota_reached"
    status = 429


class QuotaNotFound(AppError):
    """No such quota, or none that the caller may see."""

    code = "quota_not_found"
    status = 404


class QuotaInvalid(AppError):
    """The quota does not hold together; `field` tells where."""

    code = "quota_invalid"
    status = 422


class QuotaExists(AppError):
    """There is already a quota for the same holder, model, measure and period: change that one."""

    code = "quota_exists"
    status = 409
