"""Coded errors of usage."""

from chatelet.kernel.errors import AppError


class UsagePeriodInvalid(AppError):
    """The first month is after the last, or there are more than `longest` of them."""

    code = "usage_period_invalid"
    status = 422
