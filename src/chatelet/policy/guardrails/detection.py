"""Every detector on a text: pure, local, without state; a detector that breaks stops what was to leave (TA-110).

text -> Reading -> pii | secrets | markings | injection -> Finding, sorted
"""

from collections.abc import Callable
from typing import Final

from chatelet.policy.guardrails.findings import Finding, Kind
from chatelet.policy.guardrails.injection import family as injection
from chatelet.policy.guardrails.markings import family as markings
from chatelet.policy.guardrails.markings.declared import Declared, held
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


def detect(text: str, kinds: frozenset[Kind] = ALL_KINDS, declared: Declared | None = None) -> list[Finding]:
    """Return what the detectors of `kinds` find, sorted. Raise `DetectorFailed`.

    Within a kind nothing overlaps, but for the markings that the institution `declared` (those that this process
    holds, unless others are given), which are told beside the shipped ones: a text has the label of both.
    """
    reading = Reading(text)
    found: list[Finding] = []
    for kind, find in _FAMILIES.items():
        if kind in kinds:
            found += _run(kind, find, reading)
    own = held() if declared is None else declared
    if own.vocabularies and Kind.MARKINGS in kinds:
        found += _run(Kind.MARKINGS, own.find, reading)
    found.sort()
    return found


def detect_forms(text: str) -> list[Finding]:
    """Return keys and tokens by their form alone, as `detect` would keep them. Raise `DetectorFailed`."""
    return sorted(_run(Kind.SECRETS, secrets.find_forms, Reading(text)))


def _run(kind: Kind, find: Callable[[Reading], list[Span]], reading: Reading) -> list[Finding]:
    try:
        return [Finding(span.start, span.end, kind, span.type) for span in keep_first(find(reading))]
    except Exception as failure:
        raise DetectorFailed(kind) from failure
