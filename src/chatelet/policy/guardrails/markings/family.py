"""Gathers the markings: those of headers, those announced or in capitals inside a sentence, TLP, levels C0 to C3."""

from chatelet.policy.guardrails.markings.headers import find_headers, lines_of
from chatelet.policy.guardrails.markings.inline import find_inline
from chatelet.policy.guardrails.markings.scales import find_levels, find_tlp
from chatelet.policy.guardrails.markings.spaced import find_spaced
from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span


def find(reading: Reading) -> list[Span]:
    """Return what is found, the surest first."""
    found = [*find_spaced(reading), *find_tlp(reading), *find_levels(reading)]
    lines = lines_of(reading)
    found += [*find_inline(reading, lines), *find_headers(reading, lines)]
    return found
