"""Gathers the signs of injection. They warn: what protects is the flow, with this switched off (TA-042)."""

import re
from typing import Final

from chatelet.policy.guardrails.injection.addressed import find_addressed
from chatelet.policy.guardrails.injection.disguised import find_disguised, find_hidden
from chatelet.policy.guardrails.injection.orders import LESSON, OF_A_THING, forms
from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_NEAR: Final = 160
_OPENING: Final = re.compile(r"[\"'`(\[]\W{0,3}$")


def find(reading: Reading) -> list[Span]:
    """Return what is found, the surest first."""
    folded = reading.folded
    found = list(find_hidden(reading))
    found += [Span(*reading.place(span.start, span.end), span.type) for span in _orders(folded)]
    found += [span for span in find_addressed(reading) if not _is_taught(folded, span.start)]
    found += find_disguised(reading, _orders)
    return found


def _orders(folded: str) -> list[Span]:
    return [
        Span(found.start(), found.end(), sort)
        for sort, words, patterns in forms()
        if all(any(word in folded for word in each) for each in words)
        for form in patterns
        for found in form.finditer(folded)
        if not _is_taught(folded, found.start()) and not OF_A_THING.match(folded, found.end())
    ]


def _is_taught(folded: str, start: int) -> bool:
    """Tell whether a lesson quotes it: words about attacks shortly before, and a quotation or the same sentence."""
    first = max(0, start - _NEAR)
    before = folded[first:start]
    lesson = max((found.end() for found in LESSON.finditer(before)), default=-1)
    if lesson < 0:
        return False
    return bool(_OPENING.search(before)) or not re.search(r"[.!?\n]\s", before[lesson:])
