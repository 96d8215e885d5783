"""What belongs to no column although it lies within the width of one: it stands above or below all of them.

A short title in the middle, a running head, a number or a date at the right: read with its column it would come in the
middle of the page, between two halves of a sentence.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from statistics import median

from chatelet.documents.parsing.layout.lines import Run, rows

_APART = 0.6  # of the size of most lines: more than between two lines of one column
_FAR = 2.0  # for what begins where the lines of a column do, as its headings do
_EDGE = 0.4  # of the size: lines that begin at the same place
_LEAST_ALIGNED = 3
_SHARE = 0.08  # of the lines: fewer begin where the paragraphs of a column do, set in
_MOST_ROWS = 4
_HEADING = 1.12

Columns = tuple[list[Run], list[Run]]


def parted(left: list[Run], right: list[Run]) -> tuple[list[Run], Columns, list[Run]]:
    """Return what stands above two sides, the two sides, and what stands below them."""
    found = rows([*left, *right])
    if len(found) < 2 * _LEAST_ALIGNED:
        return [], (left, right), []
    around = _Around([*left, *right])
    above = _ends(found, around, 1)
    below = _ends(found[::-1], around, -1)
    taken = {id(run) for run in (*above, *below)}
    if not taken:
        return [], (left, right), []
    sides = [run for run in left if id(run) not in taken], [run for run in right if id(run) not in taken]
    return (above, sides, below) if all(sides) else ([], (left, right), [])


def _ends(found: Sequence[list[Run]], around: "_Around", way: int) -> list[Run]:
    """Return the rows, from the edge inwards, up to the last that a blank strip parts from all the others."""
    taken: list[Run] = []
    outside: list[Run] = []
    least = _APART
    for index, row in enumerate(found[: _MOST_ROWS + 1]):
        if outside and _gap(outside, row, found[index + 1], way) > least * around.size:
            taken = list(outside)
        if index == _MOST_ROWS or any(around.fills(run) for run in row):
            break
        if any(around.begins(run) for run in row) and not (way < 0 and all(around.heads(run) for run in row)):
            least = _FAR
        outside += row
    return taken


def _gap(outside: Sequence[Run], row: Sequence[Run], after: Sequence[Run], way: int) -> float:
    inner = (*row, *after)  # the lines of two columns may lie a little higher one than the other
    if way > 0:
        return min(run.top for run in inner) - max(run.bottom for run in outside)
    return min(run.top for run in outside) - max(run.bottom for run in inner)


class _Around:
    """Where the lines of all the columns begin and end."""

    def __init__(self, found: Sequence[Run]) -> None:
        self._starts = sorted(run.left for run in found)
        self._ends = sorted(run.right for run in found)
        self.size = median(run.size for run in found)

    def begins(self, run: Run) -> bool:
        """Tell whether a run begins where the lines of a column do."""
        return self._shared(self._starts, run.left)

    def fills(self, run: Run) -> bool:
        """Tell whether a run is a line of a column, from one edge to the other."""
        return self.begins(run) and self._shared(self._ends, run.right)

    def heads(self, run: Run) -> bool:
        """Tell whether a run is larger than the lines of the columns: nothing ends with a heading."""
        return run.size > _HEADING * self.size

    def _shared(self, places: Sequence[float], place: float) -> bool:
        near = bisect_right(places, place + _EDGE * self.size) - bisect_left(places, place - _EDGE * self.size)
        return near > max(_LEAST_ALIGNED, _SHARE * len(places))
