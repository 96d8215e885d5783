"""Every detector on a text: pure, local, without state; a detector that breaks stops what was to leave (TA-110).

text -> Reading -> pii | secrets | markings | injection -> Finding, sorted
"""

from collections.abc import Callable
from typing import Final

from chatelet.policy.guardrails.findings import Finding, Kind
from chatelet.policy.guardrails.injection import family as injection
from chatelet.policy.guardrails.markings import family as markings
from chatelet.policy.guardrails.pii import family as pii
from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.secrets import family as secrets
from chatelet.policy.guardrails.spans import Span, keep_first

ALL_KINDS: Final = frozenset(Kind)

_FAMILIES: Final[dict[Kind, Callable[[Reading], list[Span]]]] = {
    Kind.PII: pii.find,
    Kind.SECRETS: secrets.find,
    Kind.MARKINGS: markings.find,
    Kind.INJECTION: injection.find,
}


class DetectorFailed(Exception):
    """A detector broke: nothing is known of the text, which must not leave."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(f"the detector of {kind} failed")
        self.kind = kind


def detect(text: str, kinds: frozenset[Kind] = ALL_KINDS) -> list[Finding]:
    """Return what the detectors of `kinds` find, sorted; within a kind nothing overlaps. Raise DetectorFailed."""
    reading = Reading(text)
    found: list[Finding] = []
    for kind, find in _FAMILIES.items():
        if kind in kinds:
            found += [Finding(span.start, span.end, kind, span.type) for span in _run(kind, find, reading)]
    found.sort()
    return found


def _run(kind: Kind, find: Callable[[Reading], list[Span]], reading: Reading) -> list[Span]:
    try:
        return keep_first(find(reading))
    except Exception as failure:
        raise DetectorFailed(kind) from failure
