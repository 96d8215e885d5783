"""The passages that an explanation may rest on: the caption's, those that name it, those around. Pure.

a text, what is pointed at ─▶ its passages, by what they are for, within a budget ─▶ in the order of the text, numbered
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from chatelet.documents.parsing.document import ParsedDocument
from chatelet.evidence.passage import Passage
from chatelet.kernel.text import FoldedText, fold
from chatelet.writing.papers.pointing import Kind, Name, Pointed, pointed

Place = tuple[int, int]
_DRAWN: Final[frozenset[Kind]] = frozenset({"figure", "table", "scheme", "chart"})


@dataclass(frozen=True, slots=True)
class About:
    """What is to be explained, and where its text shows and names it. `words` are as the text has them."""

    kind: Kind | None  # None: words that the person chose
    number: str
    own: Place | None
    mentions: tuple[Place, ...]


def named(document: ParsedDocument, name: Name) -> About | None:
    """Return what a text shows or names so; None when it does neither."""
    found = next((one for one in pointed(document) if one.name == name), None)
    return About(name.kind, name.number, found.caption, found.mentions) if found else None


def chosen(document: ParsedDocument, words: str) -> About | None:
    """Return where a text has these words, and what names the formulas among them; None when it has not."""
    found = FoldedText(document.text).find(fold(words))
    if found is None:
        return None
    start, end = found[0], found[1]
    return About(None, "", (start, end), _named_among(pointed(document), start, end))


def gather(about: About, passages: Sequence[Passage], characters: int) -> list[Passage]:
    """Return the passages, numbered from 1; two numbers follow each other where the text goes on without a gap."""
    own = _at(passages, [about.own] if about.own else [])
    naming = _at(passages, about.mentions)
    far = (1,) if about.kind in _DRAWN else (1, 2)  # the signs of a formula, the steps of an algorithm come after
    wanted = [*own, *_around(own, far), *naming, *_around(naming, (1,))]
    kept: set[int] = set()
    for place in dict.fromkeys(wanted):
        if 0 <= place < len(passages) and len(passages[place].text) <= characters:
            kept.add(place)
            characters -= len(passages[place].text)
    numbered: list[Passage] = []
    for place in sorted(kept):
        last = numbered[-1].number if numbered else 0
        gap = 2 if numbered and place - 1 not in kept else 1
        numbered.append(replace(passages[place], number=last + gap))
    return numbered


def _at(passages: Sequence[Passage], places: Iterable[Place]) -> list[int]:
    """Return which passages hold a part of these places."""
    spans = list(places)
    return [
        rank
        for rank, one in enumerate(passages)
        if any(start < one.offset + len(one.text) and one.offset < end for start, end in spans)
    ]


def _around(ranks: Sequence[int], far: Sequence[int]) -> list[int]:
    return [rank + step for by in far for rank in ranks for step in (by, -by)]


def _named_among(found: Sequence[Pointed], start: int, end: int) -> tuple[Place, ...]:
    inside = [one for one in found if one.caption and start < one.caption[1] and one.caption[0] < end]
    return tuple(place for one in inside for place in one.mentions)
