"""Gathers the detectors of this family."""

import re
from typing import Final

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_OVERRIDE: Final = re.compile(
    r"\b(?:ignore[zr]?|disregard|oublie[zr]?) (?:toutes )?(?:les|all|your) (?:instructions? )?(?:precedentes?|previous)\b"
)


def find(reading: Reading) -> list[Span]:
    """Return what is found, the surest first."""
    found = _OVERRIDE.finditer(reading.folded)
    return [Span(*reading.place(*order.span()), "override") for order in found]
