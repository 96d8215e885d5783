"""Coded errors of retention."""

from chatelet.kernel.errors import AppError


class RetentionOutOfBounds(AppError):
    """The duration is outside what law and product allow for this kind: `least` to `most` days."""

    code = "retention_out_of_bounds"
    status = 422


class RetentionTooLong(AppError):
    """A unit or a person may only shorten: at most `most` days here."""

    code = "retention_too_long"
    status = 422


class RetentionNotHere(AppError):
    """This kind has one duration for the whole institution, or none that a person chooses."""

    code = "retention_not_here"
    status = 422


class RetentionRuleNotFound(AppError):
    """No such rule now."""

    code = "retention_rule_not_found"
    status = 404
