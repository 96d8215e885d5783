"""Sentences of what was written: beside those they come from, each with its own doubts; and one put in another's place.

A doubt is found for a whole segment. Judged alone, most of its sentences are cleared: what remains is where to look.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from chatelet.documents.rebuilding.contract import Piece
from chatelet.writing import checks, figures, glossary
from chatelet.writing.chunks import aligned
from chatelet.writing.differences import Change, changes_of
from chatelet.writing.giving_back import as_read
from chatelet.writing.task import Outcome, Reason, Task, Term

_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, what was written of it, why this is doubtful; what changed, of a text rewritten in its language."""

    source: str
    written: str
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()


def pairs_of(task: Task, source: str, outcome: Outcome) -> list[Pair]:
    """Return a segment sentence by sentence; a doubt that no sentence shows alone is left to the segment."""
    found = _pairs(task, source, outcome)
    if not task.is_compared or outcome.state in {"kept", "copied"}:
        return found
    return [replace(one, changes=tuple(changes_of(one.source, one.written))) for one in found]


def _pairs(task: Task, source: str, outcome: Outcome) -> list[Pair]:
    is_same = outcome.state in {"kept", "copied"}
    found = aligned(source, source if is_same else as_read(outcome.pieces))
    if is_same or not outcome.reasons or len(found) < 2:
        reasons = () if is_same else outcome.reasons
        return [Pair(before, after, reasons if len(found) == 1 else ()) for before, after in found]
    return [
        Pair(before, after, tuple(one for one in doubts(task, before, after) if one in outcome.reasons))
        for before, after in found
    ]


def doubts(task: Task, source: str, written: str) -> list[Reason]:
    """Return what is doubtful in a sentence by itself."""
    found = checks.judge(task, source, written, figures.compare(source, written))
    return [*found, *([Reason.TERM_MISSED] if glossary.check(terms_in(task, source), written).missed else [])]


def terms_in(task: Task, source: str) -> list[Term]:
    """Return the terms that a sentence holds, those that stay as they are apart."""
    return glossary.present([term for term in task.terms if not term.is_kept], source)


def spans_of(text: str, told: Iterable[str]) -> Iterator[tuple[int, int] | None]:
    """Yield from where to where each sentence stands, each after the one before; None for one that is not there."""
    place = 0
    for words in told:
        # Sentences that stand together may be told with another blank between them than the text has.
        match = re.compile(r"\s+".join(map(re.escape, _BLANKS.split(words)))).search(text, place)
        place = match.end() if match else place
        yield match and match.span()


def replaced(pieces: Sequence[Piece], span: tuple[int, int], new: str) -> tuple[Piece, ...] | None:
    """Return pieces with a sentence in the place of what is read there; None when a mark or a fixed thing is within."""
    begins = 0
    for place, piece in enumerate(pieces):
        if piece.kind not in {"text", "fixed"}:
            continue
        start, end = span[0] - begins, span[1] - begins
        if piece.kind == "text" and 0 <= start < end <= len(piece.text):
            text = piece.text[:start] + new + piece.text[end:]
            return (*pieces[:place], Piece("text", text), *pieces[place + 1 :])
        begins += len(piece.text)
    return None


def judged_again(task: Task, source: str, outcome: Outcome) -> tuple[Reason, ...]:
    """Return what remains doubtful in a segment one sentence of which was chosen by a person."""
    left = doubts(task, source, as_read(outcome.pieces))
    return tuple(one for one in outcome.reasons if one in left or one in {Reason.STYLE_LOST, Reason.PART_KEPT})
