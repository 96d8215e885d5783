"""Coded errors of units."""

from chatelet.kernel.errors import AppError


class UnitNotFound(AppError):
    """No such unit, or none that the caller may know of."""

    code = "unit_not_found"
    status = 404


class UnitCodeTaken(AppError):
    """Another unit, perhaps a closed one, has this code."""

    code = "unit_code_taken"
    status = 409


class UnitCodeInvalid(AppError):
    """A code has 1 to 64 letters, digits, hyphens, underscores, dots, slashes or colons."""

    code = "unit_code_invalid"
    status = 422


class UnitNameInvalid(AppError):
    """A name has 1 to `longest` characters and no control character."""

    code = "unit_name_invalid"
    status = 422


class UnitCycle(AppError):
    """A unit cannot stand under itself, nor be merged into what is under it."""

    code = "unit_cycle"
    status = 409


class UnitTooDeep(AppError):
    """The tree has at most `deepest` levels."""

    code = "unit_too_deep"
    status = 409


class UnitNotEmpty(AppError):
    """The unit still has members, units under it, roles given on it, or owns something: merge it instead."""

    code = "unit_not_empty"
    status = 409


class UnitClosed(AppError):
    """The unit was merged into another: nothing is added to it."""

    code = "unit_closed"
    status = 409


class UnitMergeConflict(AppError):
    """Both units own something of which there can be only one (`what`); change one of the two first."""

    code = "unit_merge_conflict"
    status = 409


class UnitDelegationExceeded(AppError):
    """Roles given on units would hold where the caller could not give them: `right` is missing there."""

    code = "unit_delegation_exceeded"
    status = 403


class MembershipNotFound(AppError):
    """The person does not belong to this unit."""

    code = "membership_not_found"
    status = 404
