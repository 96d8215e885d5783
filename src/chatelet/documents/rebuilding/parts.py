"""A file made of several texts, whose segments are numbered through: each text gets its own replacements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from chatelet.documents.rebuilding.contract import Options, Piece, PiecesMisplaced, Segment
from chatelet.documents.rebuilding.splicing import Span

_T = TypeVar("_T")
Replacements = Mapping[int, Sequence[Piece]]


def numbered(parts: Sequence[Sequence[Span]]) -> list[Segment]:
    """Return the segments of all the texts."""
    spans = [span for part in parts for span in part]
    return [span.segment(number) for number, span in enumerate(spans)]


def each(
    counts: Sequence[int],
    replacements: Replacements,
    options: Options,
    rebuild: Callable[[int, Replacements, Options], _T],
) -> list[_T]:
    """Rebuild each text (by its place), with what concerns it of replacements and options."""
    beyond = [number for number in replacements if not 0 <= number < sum(counts)]
    if beyond:
        raise PiecesMisplaced(beyond[0])
    found: list[_T] = []
    first = 0
    ordered = sorted(replacements)
    place = 0
    for part, count in enumerate(counts):
        own: dict[int, Sequence[Piece]] = {}
        while place < len(ordered) and ordered[place] < first + count:
            own[ordered[place] - first] = replacements[ordered[place]]
            place += 1
        unsure = frozenset(number - first for number in options.unsure if first <= number < first + count)
        try:
            found.append(rebuild(part, own, replace(options, unsure=unsure)))
        except PiecesMisplaced as misplaced:
            raise PiecesMisplaced(misplaced.number + first) from misplaced
        first += count
    return found
