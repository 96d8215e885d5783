"""Gathers the detectors of this family."""

import re
from typing import Final

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_RESTRICTED: Final = re.compile(r"\bdiffusion\s{1,3}restreinte\b")


def find(reading: Reading) -> list[Span]:
    """Return what is found, the surest first."""
    found = _RESTRICTED.finditer(reading.folded)
    return [Span(*reading.place(*marking.span()), "diffusion_restreinte") for marking in found]
