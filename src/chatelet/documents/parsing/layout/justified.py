"""Lines stretched to fill their column: their words stand as far apart as cells do, but all by the same.

Such a line would pass for a row of cells, or hide the gutter of its column. It is known by the other lines of that
column, whole ones, that begin and end at the same places.
"""

import itertools
from collections.abc import Sequence
from statistics import median

from chatelet.documents.parsing.layout.lines import Run, rows

_LEAST_WORDS = 3  # in a line that shows where its column begins and ends
_LEAST_LINES = 3  # that show it
_EDGE = 0.35  # of the size: lines that end at the same place
_INDENT = 3.5  # of the size: how far the first line of a paragraph may be set in
_WIDEST = 3.5  # of the size: between two words, however stretched
_EVEN = 1.45  # times the middle one: gaps of ink are never quite the same
_TOUCHING = 0.12  # of the size: no space
_CELL = 4.0  # points: edges are first looked for in cells of this side

_Edges = tuple[float, float]


def joined(found: list[Run]) -> list[Run]:
    """Return the runs, those of each stretched line joined."""
    known = _columns(found)
    if not known:
        return found
    result: list[Run] = []
    for row in rows(found):
        result += _row(row, known) if len(row) > 1 else row
    return result


def _columns(found: Sequence[Run]) -> list[_Edges]:
    """Return where columns begin and end that several whole lines fill, the one most lines fill first."""
    cells: dict[tuple[int, int], list[Run]] = {}
    for run in found:
        if len(run.words) >= _LEAST_WORDS:
            cells.setdefault((round(run.left / _CELL), round(run.right / _CELL)), []).append(run)
    counted: list[tuple[int, _Edges]] = []
    for (left, right), own in cells.items():
        edges = median(run.left for run in own), median(run.right for run in own)
        near = [
            run
            for across, along in itertools.product((-1, 0, 1), repeat=2)
            for run in cells.get((left + across, right + along), ())
            if _same(run.left, edges[0], run) and _same(run.right, edges[1], run)
        ]
        if len(near) >= _LEAST_LINES:
            counted.append((len(near), edges))
    return [edges for _, edges in sorted(counted, reverse=True)]


def _same(a: float, b: float, run: Run) -> bool:
    return abs(a - b) <= _EDGE * run.size


def _row(row: list[Run], known: Sequence[_Edges]) -> list[Run]:
    """Join, in one row, the runs that fill a column with even gaps."""
    for left, right in known:
        inside = [run for run in row if run.left >= left - _EDGE * run.size and run.right <= right + _EDGE * run.size]
        if len(inside) > 1 and _fills(inside, left, right) and _even(inside):
            whole = Run([word for run in inside for word in run.words])
            taken = {id(run) for run in inside}
            others = [run for run in row if id(run) not in taken]
            return [whole, *(_row(others, known) if len(others) > 1 else others)]
    return row


def _fills(inside: Sequence[Run], left: float, right: float) -> bool:
    first, last = inside[0], inside[-1]
    return first.left <= left + _INDENT * first.size and _same(last.right, right, last)


def _even(inside: Sequence[Run]) -> bool:
    size = inside[0].size
    words = [word for run in inside for word in run.words]
    gaps = [b.left - a.right for a, b in itertools.pairwise(words)]
    gaps = [gap for gap in gaps if gap > _TOUCHING * size]
    return bool(gaps) and max(gaps) <= min(_WIDEST * size, _EVEN * median(gaps))
