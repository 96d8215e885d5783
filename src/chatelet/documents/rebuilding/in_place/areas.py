"""The lines that a paragraph stands on, how they are aligned, and the room around them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final, Literal

from chatelet.documents.parsing.document import Word
from chatelet.documents.rebuilding.in_place.survey import Box

Align = Literal["left", "right", "centre", "justify"]
_HEIGHT: Final = 1.02  # of a word's box, in its size (`parsing.pdf.characters`)
_BELOW: Final = 0.22  # of it, under the base line
_FULL: Final = 0.9  # of that height: a word lower than that is told by its small letters
_LEADING: Final = 1.2  # of a line alone
_FAR: Final = 3.0  # times the size: a line further down is of another area
_EVEN: Final = 1.6  # points: edges nearer than that are the same
_SET_IN: Final = 8.0  # points: a line alone that begins further from its edge may be centred
_MARGIN: Final = 24.0
_MOST_MORE: Final = 2  # lines that a paragraph may take under itself, and one for each three of its own


@dataclass(frozen=True, slots=True)
class Line:
    """A line of writing; lengths in points from the top left corner of the page."""

    left: float
    right: float
    top: float
    bottom: float
    base: float


@dataclass(frozen=True, slots=True)
class Area:
    """Lines under each other: where new ones go.

    `room`: from where to where a line alone may run; `more`: lines free under the last; `indent` of the first, from
    `left`.
    """

    page: int
    lines: tuple[Line, ...]
    left: float
    right: float
    leading: float
    indent: float
    align: Align
    room: tuple[float, float]
    more: int

    @property
    def box(self) -> Box:
        """Where the lines are."""
        return self.left, self.lines[0].top, self.right, self.lines[-1].bottom


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around on the page: boxes that nothing may run into; the edges of its writing."""

    boxes: Sequence[Box]
    edges: tuple[float, float]  # left and right of all its words
    height: float
    enclosing: Sequence[Box]  # drawn edges, upright: those of cells


def areas(page: int, words: Sequence[Word], size: float, around: Around) -> list[Area]:
    """Return the areas of a paragraph's words on a page."""
    return [_area(page, lines, size, around) for lines in _apart(_lines(words, size), size)]


def _lines(words: Sequence[Word], size: float) -> Iterator[Line]:
    run: list[Word] = []
    full: Word | None = None  # of the line, the last word as tall as its letters
    for word in words:
        near = full or (run[-1] if run else word)
        if run and (not _is_beside(word, near, size) or word.left < run[-1].right - size):
            yield _line(run, size)
            run, full = [], None
        run.append(word)
        full = word if _is_full(word, size) else full
    if run:
        yield _line(run, size)


def _is_beside(word: Word, other: Word, size: float) -> bool:
    """Tell whether words stand on one line; the box of a word may be that of its raised or lowered letters."""
    if _is_full(word, size) and _is_full(other, size):
        return abs(_base(word) - _base(other)) <= 0.5 * size
    return word.top < other.bottom and other.top < word.bottom


def _is_full(word: Word, size: float) -> bool:
    return word.bottom - word.top >= _FULL * _HEIGHT * size


def _line(run: Sequence[Word], size: float) -> Line:
    base = median(_base(word) for word in ([word for word in run if _is_full(word, size)] or run))
    return Line(
        min(word.left for word in run),
        max(word.right for word in run),
        min(word.top for word in run),
        max(word.bottom for word in run),
        base,
    )


def _base(word: Word) -> float:
    return word.bottom - _BELOW * (word.bottom - word.top) / _HEIGHT


def _apart(lines: Iterable[Line], size: float) -> Iterator[list[Line]]:
    """Yield the lines that follow each other downwards: what goes on in the next column is an area of its own."""
    run: list[Line] = []
    for line in lines:
        if run and not 0.3 * size < line.base - run[-1].base < _FAR * size:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _area(page: int, lines: Sequence[Line], size: float, around: Around) -> Area:
    align = _aligned(lines)
    own = (lines[1:] or lines) if align in {"left", "justify"} else lines  # the first may be set in, or hang
    left, right = min(line.left for line in own), max(line.right for line in lines)
    leading = median(below.base - above.base for above, below in pairwise(lines)) if len(lines) > 1 else 0
    leading = leading or _LEADING * size
    box = left, lines[0].top, right, lines[-1].bottom
    room = _room(box, around, size)
    if len(lines) == 1:
        align = _aligned_alone(box, around)
    more = min(_free(box, around, leading), _MOST_MORE + len(lines) // 3)
    return Area(page, tuple(lines), left, right, leading, lines[0].left - left, align, room, more)


def _aligned(lines: Sequence[Line]) -> Align:
    if len(lines) == 1:
        return "left"
    lefts = [line.left for line in (lines[1:] if len(lines) > 2 else lines)]
    if _are_even(lefts):
        rights = [line.right for line in lines[:-1]]
        return "justify" if len(lines) > 2 and _are_even(rights) else "left"
    if _are_even([line.right for line in lines]):
        return "right"
    return "centre" if _are_even([(line.left + line.right) / 2 for line in lines]) else "left"


def _aligned_alone(box: Box, around: Around) -> Align:
    """Tell how a line alone stands between the edges that enclose it, or between those of the page's writing."""
    left, top, right, bottom = box
    beside = [one for one in around.enclosing if one[1] < bottom and one[3] > top]
    before = max((one[2] for one in beside if one[2] <= left + 1), default=None)
    after = min((one[0] for one in beside if one[0] >= right - 1), default=None)
    if before is not None and after is not None:
        if after - right < _SET_IN < 2 * _SET_IN < left - before:
            return "right"
    else:
        before, after = around.edges
    gaps = left - before, after - right
    return "centre" if min(gaps) > _SET_IN and abs(gaps[0] - gaps[1]) <= 2 * _EVEN else "left"


def _room(box: Box, around: Around, size: float) -> tuple[float, float]:
    """Return from where to where a line may run without meeting anything."""
    left, top, right, bottom = box
    beside = [one for one in around.boxes if one[1] < bottom - 1 and one[3] > top + 1]
    first = max((one[2] + size / 4 for one in beside if one[2] <= left + 1), default=around.edges[0])
    last = min((one[0] - size / 4 for one in beside if one[0] >= right - 1), default=around.edges[1])
    return min(left, max(first, around.edges[0])), max(right, min(last, around.edges[1]))


def _free(box: Box, around: Around, leading: float) -> int:
    """Return how many lines more may stand under a box."""
    left, _top, right, bottom = box
    under = (one[1] for one in around.boxes if one[0] < right and one[2] > left and one[3] > bottom + 1)
    limit = min(around.height - max(_MARGIN, around.edges[0]), min(under, default=around.height))
    return max(0, int((limit - bottom - 1) // leading))


def _are_even(places: Sequence[float]) -> bool:
    return max(places) - min(places) <= _EVEN
