"""Looks for each quotation in the passages: the same words in order, whatever case, accents, spaces and marks.

A quotation may skip words with […] or (…): then its parts stand in this order in one passage. What is too short to
prove anything, or an answer to someone who gave no text, is not judged.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from chatelet.evidence.passage import Citation, Passage, Quotation
from chatelet.kernel.text import FoldedText, fold

LEAST_WORDS: Final = 4
LEAST_GIVEN: Final = 400  # characters: below, nothing was given to quote from
_SKIPPED: Final = re.compile(r"[\[(]\s*(?:…|\.\.\.)\s*[\])]")


def verify(quotations: Iterable[Quotation], passages: Sequence[Passage]) -> list[Citation]:
    """Return one citation for each quotation long enough to be judged, verified or not."""
    if sum(len(passage.text) for passage in passages) < LEAST_GIVEN:
        return []
    judged = [quotation for quotation in quotations if len(quotation.words.split()) >= LEAST_WORDS]
    if not judged:
        return []
    sources = [(passage, FoldedText(passage.text)) for passage in passages]
    return [_look_for(quotation, sources) for quotation in judged]


def _look_for(quotation: Quotation, sources: Sequence[tuple[Passage, FoldedText]]) -> Citation:
    parts = [folded for part in _SKIPPED.split(quotation.words) if (folded := fold(part).strip(" ,.;:!?"))]
    for passage, source in sources:
        place = _place(parts, source)
        if place is not None:
            start, end = place
            return Citation(
                quotation.start,
                quotation.end,
                number=passage.number,
                message_id=passage.message_id,
                file_id=passage.file_id,
                page=passage.page,
                source_start=passage.offset + start,
                source_end=passage.offset + end,
            )
    return Citation(quotation.start, quotation.end, reason="words_absent")


def _place(parts: Sequence[str], source: FoldedText) -> tuple[int, int] | None:
    start, after = None, 0
    for part in parts:
        found = source.find(part, after)
        if found is None:
            return None
        start = found[0] if start is None else start
        after = found[2]
    return None if start is None else (start, source.original_end(after))
