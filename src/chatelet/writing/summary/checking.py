"""Sentences of a summary held against the passages: what no passage says goes, whatever the model wanted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.evidence.passage import Passage, Statement
from chatelet.evidence.statements import StatementStream
from chatelet.evidence.support import Support

_MARKERS: Final = re.compile(r"[ \t\u202f\u00a0]*[\[【]\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*[\]】]")
_LEAST_WORDS: Final = 3  # a title says nothing to be checked


@dataclass(frozen=True, slots=True)
class Checked:
    """`text` with the number of a passage after each sentence; `used` those numbers; `dropped` what nothing holds."""

    text: str
    used: frozenset[int]
    held: int
    dropped: tuple[str, ...]


def check(answer: str, passages: Sequence[Passage]) -> Checked:
    """Keep of an answer what a passage holds, cited by the passage that does."""
    support = Support(passages)
    stream = StatementStream()
    statements = [*stream.feed(answer), *stream.flush()]
    written: list[str] = []
    used: set[int] = set()
    dropped: list[str] = []
    place = held = 0
    for one in statements:
        written.append(answer[place : one.start])
        place = _end(one)
        numbers = _numbers(support, one)
        if numbers is None:
            dropped.append(one.text)
            continue
        used |= set(numbers)
        held += bool(numbers)
        written.append(_MARKERS.sub("", answer[one.start : one.end]) + "".join(f" [{number}]" for number in numbers))
    text = "".join([*written, answer[place:]])
    return Checked(_without_empty_items(text), frozenset(used), held, tuple(dropped))


def _end(one: Statement) -> int:
    return max([one.end, *(marker.end for marker in one.markers)])


def _numbers(support: Support, one: Statement) -> list[int] | None:
    """Return the passages that hold a sentence; none needed: empty; none found: None."""
    citations = support.check(one)
    if not citations:
        is_title = len(one.text.split()) <= _LEAST_WORDS or one.text.rstrip().endswith(":")
        return [] if is_title or not one.markers else None
    held = [citation.number for citation in citations if citation.verified]
    if held:
        return list(dict.fromkeys(held))
    alone = support.check(Statement(one.start, one.end, one.text)) if one.markers else []
    found = [citation.number for citation in alone if citation.verified]
    return found or None


def _without_empty_items(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    kept = [line for line in lines if line.strip(" -*•") or not line.strip()]
    return "\n".join(kept).strip()
