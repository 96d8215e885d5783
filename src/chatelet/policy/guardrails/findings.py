"""What detectors find in a text: where, of what kind and type. Never the text itself, so it may be kept.

text -> detection.detect -> Finding, Finding, … -> labels.label_of -> the level and categories that they ask for
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The families of detectors; each can be switched off by itself."""

    PII = "pii"
    SECRETS = "secrets"
    MARKINGS = "markings"
    INJECTION = "injection"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """`type` is of its kind's closed vocabulary ('nir', 'private_key', 'tlp_red'…); [`start`, `end`) in characters."""

    start: int
    end: int
    kind: Kind
    type: str
