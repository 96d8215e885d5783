"""A file made of several texts, whose segments are numbered through: each text gets its own replacements."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from chatelet.documents.rebuilding.contract import Options, Piece, PiecesMisplaced, Segment
from chatelet.documents.rebuilding.splicing import Span

_T = TypeVar("_T")
Replacements = Mapping[int, Sequence[Piece]]


class _Own(Replacements):
    """The replacements of one text, numbered from its first segment; each is opened when it is read."""

    def __init__(self, told: Replacements, numbers: Sequence[int], first: int) -> None:
        self._told = told
        self._first = first
        self._numbers = dict.fromkeys(number - first for number in numbers)

    def __getitem__(self, number: int) -> Sequence[Piece]:
        if number not in self._numbers:
            raise KeyError(number)
        return self._told[number + self._first]

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


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
        begins = place
        while place < len(ordered) and ordered[place] < first + count:
            place += 1
        own = _Own(replacements, ordered[begins:place], first)
        unsure = frozenset(number - first for number in options.unsure if first <= number < first + count)
        try:
            found.append(rebuild(part, own, replace(options, unsure=unsure)))
        except PiecesMisplaced as misplaced:
            raise PiecesMisplaced(misplaced.number + first) from misplaced
        first += count
    return found
