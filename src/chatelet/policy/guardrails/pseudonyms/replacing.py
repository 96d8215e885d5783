"""Replaces what the detectors find in texts about to leave, and tells whether anything is left of it.

    texts -> detectors -> ledger grows -> swapped texts -> detectors again ─┬─> nothing but our own: they may be sent
                 └───────────────── once more, with what was missed ────────┴─> still something: `left` says what

What a text says of health, of companies or of secrets is not replaced: it stays, with the label that it asks for.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.policy.guardrails.detection import detect
from chatelet.policy.guardrails.findings import Finding, Kind
from chatelet.policy.guardrails.labels import label_of
from chatelet.policy.guardrails.pseudonyms import persons
from chatelet.policy.guardrails.pseudonyms.allotting import Allotter
from chatelet.policy.guardrails.pseudonyms.ledger import NAMES, Ledger
from chatelet.policy.guardrails.pseudonyms.swapping import Known, Place, Swap
from chatelet.policy.guardrails.reading import Reading, fold
from chatelet.policy.sensitivity import Label

_KEPT: Final = frozenset({"health", "siren", "siret", "vat"})  # says nothing of who, or of a person
_ROUNDS: Final = 3
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Replaced:
    """Texts as they would leave; `label` is what detectors find of these; `left` what could not be replaced."""

    texts: tuple[str, ...]
    ledger: Ledger
    places: tuple[tuple[Place, ...], ...]
    label: Label
    left: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many were replaced, by type, the most first: what may be shown and journalled."""
        return dict(Counter(place.sort for places in self.places for place in places).most_common())


def replace(
    texts: Sequence[str], ledger: Ledger, kinds: frozenset[Kind] = frozenset(Kind), *, alike: bool = False
) -> Replaced:
    """Return the texts as they would leave. `kinds` are the detectors that label them; names are always looked for.

    `alike`: a name has the same stand-in wherever it is met under the ledger's seed, as texts that are compared need.
    Raises `DetectorFailed`.
    """
    allotter = Allotter(ledger, texts, alike=alike)
    _meet_again(allotter, texts)
    for text in texts:
        elided = [Finding(start, end, Kind.PII, "name") for start, end in persons.elided(text)]
        for finding in (*elided, *detect(text, frozenset({Kind.PII}))):
            _allot(allotter, text, finding)
    swapped = _swapped(texts, allotter.ledger, kinds)
    for _ in range(_ROUNDS):
        before = allotter.ledger
        for one in swapped:
            for finding in one.left:
                _allot(allotter, one.text, finding)
        if allotter.ledger == before:
            break
        swapped = _swapped(texts, allotter.ledger, kinds)
    return Replaced(
        texts=tuple(one.text for one in swapped),
        ledger=allotter.ledger,
        places=tuple(one.places for one in swapped),
        label=label_of(finding for one in swapped for finding in one.foreign),
        left=tuple(sorted({finding.type for one in swapped for finding in one.left})),
    )


def _allot(allotter: Allotter, text: str, finding: Finding) -> None:
    if finding.type == "name":
        stand_ins = _stand_ins(allotter.ledger)
        for part in persons.parts_of(text, finding.start, finding.end):
            if fold(part.word) not in stand_ins:
                allotter.name(part.word, part.sort)
    elif finding.type not in _KEPT:
        allotter.other(finding.type, text[finding.start : finding.end])


def _meet_again(allotter: Allotter, texts: Sequence[str]) -> None:
    """Give a stand-in that a person writes its own: it is somebody else's name, and would come back as another."""
    stand_ins = _stand_ins(allotter.ledger)
    if not stand_ins:
        return
    met = frozenset(word for text in texts for word in Reading(text).words) & frozenset(stand_ins)
    for word in sorted(met):
        entry = stand_ins[word]
        allotter.name(entry[0], entry[1])


def _stand_ins(ledger: Ledger) -> dict[str, tuple[str, str]]:
    return {fold(entry.stand_in): (entry.stand_in, entry.sort) for entry in ledger.entries if entry.sort in NAMES}


@dataclass(frozen=True, slots=True)
class _Swapped:
    """A text as it would leave; `foreign` is what detectors find in it that was not put there."""

    text: str
    places: tuple[Place, ...]
    foreign: tuple[Finding, ...]

    @property
    def left(self) -> list[Finding]:
        return [one for one in self.foreign if one.kind is Kind.PII and one.type not in _KEPT]


def _swapped(texts: Sequence[str], ledger: Ledger, kinds: frozenset[Kind]) -> list[_Swapped]:
    known = Known(ledger.outgoing())
    return [_swap(text, known, kinds) for text in texts]


def _swap(text: str, known: Known, kinds: frozenset[Kind]) -> _Swapped:
    swap = Swap(known)
    put = swap.whole(text)
    findings = detect(put, kinds | {Kind.PII})
    return _Swapped(put, tuple(swap.places), tuple(one for one in findings if not _is_ours(one, put, swap.places)))


def _is_ours(finding: Finding, text: str, places: Sequence[Place]) -> bool:
    """Tell whether what was found is what was put there: nothing else of it tells who."""
    if finding.kind is not Kind.PII or finding.type in _KEPT:
        return False
    inside = [place for place in places if place.start < finding.end and place.end > finding.start]
    if not inside:
        return False
    for word in _WORD.finditer(text, finding.start, finding.end):
        is_put = any(place.start <= word.start() and word.end() <= place.end for place in inside)
        if not is_put and (any(char.isdigit() for char in word[0]) or _tells(word[0], finding.type)):
            return False
    return True


def _tells(word: str, sort: str) -> bool:
    return sort == "name" and word[0].isupper() and persons.is_part(word)
