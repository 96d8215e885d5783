"""Gathers the detectors of this family."""

import re
from typing import Final

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_AWS: Final = re.compile(r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b")


def find(reading: Reading) -> list[Span]:
    """Return what is found, the surest first."""
    return [Span(*key.span(), "aws_key") for key in _AWS.finditer(reading.text)]
