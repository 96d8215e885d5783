"""Refusals of the replacement of names."""

from chatelet.kernel.errors import AppError
from chatelet.policy.errors import Refusal


class PseudonymsOff(AppError):
    """This installation does not let names be replaced before words leave."""

    code = "pseudonyms_off"
    status = 403


class IdentifierLeft(Refusal):
    """Something that tells who was still there once names were replaced: the words did not leave."""

    code = "identifier_left"
