"""What SCIM refuses, in its own words (RFC 7644, 3.12): a status, a `scimType`, a sentence for whoever reads the logs.

These travel to a directory, never to a person, so they have none of our codes.
"""

from typing import ClassVar

from chatelet.kernel.errors import AppError


class ScimFailure(AppError):
    """Base of what SCIM refuses."""

    status: ClassVar[int] = 400
    scim_type: ClassVar[str | None] = None

    def __init__(self, detail: str) -> None:
        super().__init__()
        self.detail = detail


class InvalidFilter(ScimFailure):
    """The filter cannot be read, or names what cannot be compared so."""

    scim_type = "invalidFilter"


class InvalidPath(ScimFailure):
    """The path of a change names no attribute."""

    scim_type = "invalidPath"


class InvalidSyntax(ScimFailure):
    """The body is not what SCIM describes."""

    scim_type = "invalidSyntax"


class InvalidValue(ScimFailure):
    """A value is absent or not of its type."""

    scim_type = "invalidValue"


class NoTarget(ScimFailure):
    """The path of a change matches nothing."""

    scim_type = "noTarget"


class Unchangeable(ScimFailure):
    """The attribute is read-only."""

    scim_type = "mutability"


class Taken(ScimFailure):
    """Another resource has this value already."""

    status = 409
    scim_type = "uniqueness"


class Conflict(ScimFailure):
    """The change would break a rule of the installation."""

    status = 409


class Unauthorised(ScimFailure):
    """No token, or one that is unknown, revoked or expired: the three are not told apart."""

    status = 401


class OutOfBounds(ScimFailure):
    """The directory is bound to a unit, and this person is not that unit's alone."""

    status = 403


class Absent(ScimFailure):
    """No such resource for this directory."""

    status = 404


class NotOffered(ScimFailure):
    """The method does nothing here."""

    status = 405


class NotImplementedHere(ScimFailure):
    """Part of the protocol that is optional, and is not offered."""

    status = 501


class VersionChanged(ScimFailure):
    """The resource is no longer at the version that the directory knows."""

    status = 412


class TooLarge(ScimFailure):
    """The body is longer than is read."""

    status = 413
