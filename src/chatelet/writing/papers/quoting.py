"""The sentences of a paper that name something in it, word for word: what there is to read, explained or not. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chatelet.evidence.passage import Passage
from chatelet.writing.papers.gathering import About, Place

_MOST: Final = 6
_LONGEST: Final = 600
_END: Final = re.compile(
    r"(?<![A-Z])(?<!\b(?:Fig|Tab|Sec|vol))(?<!\b(?:Eq|No|pp|al|vs))[.!?…](?=\s+[A-ZÀ-Þ«“(\[]|\s*$)|\n\s*\n"
)


def quoted(about: About, passages: Sequence[Passage]) -> list[Passage]:
    """Return them in the order of the text, each once; after a formula, the one that follows it too."""
    places = [one for one in about.mentions if one != about.own]
    if about.own and about.kind in {None, "formula"}:
        places.append((about.own[1], about.own[1] + 1))
    found: dict[int, Passage] = {}
    for passage in passages:
        for place in places:
            one = _sentence(passage, place, about.own)
            if one is not None:
                found.setdefault(one.offset, one)
    return [found[offset] for offset in sorted(found)][:_MOST]


def _sentence(passage: Passage, place: Place, own: Place | None) -> Passage | None:
    """Return the sentence of a passage where a place begins; None outside it, or inside what is itself explained."""
    at = place[0] - passage.offset
    if not 0 <= at < len(passage.text):
        return None
    at += len(passage.text[at:]) - len(passage.text[at:].lstrip())
    ends = [0, *(found.end() for found in _END.finditer(passage.text)), len(passage.text)]
    start = max((end for end in ends if end <= at), default=0)
    end = min((end for end in ends if end > at), default=len(passage.text))
    words = passage.text[start:end]
    start += len(words) - len(words.lstrip())
    offset = passage.offset + start
    if not words.strip() or len(words) > _LONGEST or (own and own[0] <= offset < own[1]):
        return None
    return replace(passage, text=words.strip(), offset=offset)
