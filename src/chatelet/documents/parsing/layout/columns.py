"""The reading order of runs: columns are found by the gutters between them, what spans them parts the page in bands.

A gutter is an upright strip that no run crosses over several lines, with writing (not cells of a table) on both sides.
region -> best gutter -> bands between what crosses it -> left side, then right side, each searched again
"""

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from chatelet.documents.parsing.layout import across
from chatelet.documents.parsing.layout.lines import Run
from chatelet.documents.parsing.layout.words import Rule

_MOST_DEPTH = 8
_LEAST_LINES = 3
_LEAST_WORDS = 2.6  # in the mean run of a column; cells of a table have fewer
_MOST_RUNS = 3_000
_MOST_CROSSED = 0.7  # of the runs
_MOST_CANDIDATES = 24
_HANG = 0.4  # of the size: how far a mark may stand out of its column


@dataclass
class Region:
    """Runs to be read one after the other, from top to bottom, in one column."""

    runs: list[Run]
    left: float
    right: float


@dataclass
class _Gutter:
    place: float
    lines: int  # that both sides have
    gap: float  # the widest between both sides, in sizes; 2 at most
    crossing: list[Run]
    bands: list[tuple[list[Run], list[Run], list[Run]]]  # what spans before it, left side, right side

    @property
    def score(self) -> float:
        """How good it is. The gap counts once: bands made by the longest lines of a column bring nothing."""
        return self.lines + self.gap if self.lines else 0.0


def regions(found: Sequence[Run], rules: Sequence[Rule] = ()) -> list[Region]:
    """Return single columns in reading order."""
    level = [rule for rule in rules if rule.level and rule.right - rule.left > 100]
    return _split(list(found), level, 0)


def _split(found: list[Run], rules: list[Rule], depth: int) -> list[Region]:
    if not found:
        return []
    if depth >= _MOST_DEPTH or len(found) < 2 * _LEAST_LINES or len(found) > _MOST_RUNS:
        return [_region(found)]
    gutter = _best(found, rules)
    if gutter is None:
        return [_region(found)]
    result: list[Region] = []
    for spanning, *sides in gutter.bands:
        above, (left, right), below = across.parted(*sides)
        for piece in (spanning, above, left, right, below):
            result += _split(piece, rules, depth + 1)
    return result


def _region(found: list[Run]) -> Region:
    return Region(found, min(run.left for run in found), max(run.right for run in found))


def _best(found: list[Run], rules: list[Rule]) -> _Gutter | None:
    ordered = sorted(found, key=lambda run: run.top + run.bottom)
    best: _Gutter | None = None
    for place in _candidates(ordered):
        gutter = _weigh(ordered, rules, place)
        if gutter is not None and (best is None or gutter.score > best.score):
            best = gutter
    return best


def _candidates(found: list[Run]) -> list[float]:
    """Return strips worth trying: left of where runs begin, and in wide gaps; of near ones the least crossed."""
    starts = sorted(run.left for run in found)
    ends = sorted(run.right for run in found)
    places: list[float] = []
    index = bisect_left(starts, starts[0] + 20)
    while index < len(starts):
        end = bisect_left(starts, starts[index] + 3)
        if end - index >= _LEAST_LINES:
            places.append(starts[index] - 1.5)
        index = max(end, index + 1)
    places += _gaps(found)
    places.sort()
    kept: list[tuple[int, float]] = []
    before = -1e9
    for place in places:
        crossed = bisect_left(starts, place) - bisect_left(ends, place)
        if place - before <= 4:
            kept[-1] = min(kept[-1], (crossed, place))
        elif crossed <= _MOST_CROSSED * len(found):
            kept.append((crossed, place))
        else:
            continue
        before = place
    return [place for _, place in sorted(kept)[:_MOST_CANDIDATES]]


def _gaps(found: list[Run]) -> list[float]:
    """Return the middles of the gaps between neighbours of one level."""
    places: list[float] = []
    for index, run in enumerate(found):
        nearest = min(
            (
                other.left
                for other in found[max(0, index - 6) : index + 7]
                if other.left > run.right and other.top < run.bottom and other.bottom > run.top
            ),
            default=0.0,
        )
        if nearest - run.right > 8:
            places.append((run.right + nearest) / 2)
    return places


def _weigh(ordered: list[Run], rules: list[Rule], place: float) -> _Gutter | None:
    """Part the region at a strip; None when no band has columns on both sides."""
    walls = sorted(rule.top for rule in rules if rule.left < place - 5 and rule.right > place + 5)
    gutter = _Gutter(place, 0, 0.0, [], [])
    spanning: list[Run] = []
    left: list[Run] = []
    right: list[Run] = []
    wall = 0

    def close() -> None:
        nonlocal spanning, left, right
        count, above, below = _count(left, right), list[Run](), list[Run]()
        if not count:
            above, left, right, below = _facing(left, right)
            count = _count(left, right)
        if count:
            gutter.lines += count
            gutter.gap = max(gutter.gap, min(_gap(left, right) / left[0].size, 2.0))
            gutter.bands.append(([*spanning, *above], left, right))
            spanning, left, right = below, [], []
        else:
            left, right = [*above, *left], [*right, *below]
            spanning, left, right = [*spanning, *left, *right], [], []

    for run in ordered:
        middle = (run.top + run.bottom) / 2
        while wall < len(walls) and walls[wall] < middle:
            close()
            wall += 1
        if run.right <= place + _HANG * run.words[0].size:
            left.append(run)
        elif run.left >= place - _HANG * run.words[0].size:
            right.append(run)
        elif pair := _cut(run, place):
            left.append(pair[0])
            right.append(pair[1])
        else:
            close()
            spanning.append(run)
    close()
    if spanning:
        gutter.bands.append((spanning, [], []))
    return gutter if gutter.score else None


def _facing(left: list[Run], right: list[Run]) -> tuple[list[Run], list[Run], list[Run], list[Run]]:
    """Part off the left side's lines above the right one, and the right side's below the left one.

    They may be the last, short lines of what spans both columns, that hide the gutter; they are read at the same time
    wherever they are put.
    """
    if not left or not right:
        return [], left, right, []
    top, bottom = right[0].top, left[-1].bottom
    return (
        [run for run in left if run.bottom <= top],
        [run for run in left if run.bottom > top],
        [run for run in right if run.top < bottom],
        [run for run in right if run.top >= bottom],
    )


def _count(left: list[Run], right: list[Run]) -> int:
    """Return how many lines both sides have, 0 when they are not two columns of writing."""
    if len(left) < _LEAST_LINES or len(right) < _LEAST_LINES:
        return 0
    top, bottom = max(left[0].top, right[0].top), min(left[-1].bottom, right[-1].bottom)
    shorter = min(left[-1].bottom - left[0].top, right[-1].bottom - right[0].top)
    if bottom - top < 0.3 * shorter:
        return 0
    a, b = _levels(left), _levels(right)
    if min(a, b) < _LEAST_LINES:
        return 0
    words = min(sum(len(run.words) for run in side) / len(side) for side in (left, right))
    if words < _LEAST_WORDS:
        return 0
    if _gap(left, right) < (0.5 if min(a, b) > 8 else 1.0) * left[0].size:
        return 0
    return min(a, b)


def _gap(left: list[Run], right: list[Run]) -> float:
    return min(run.left for run in right) - max(run.right for run in left)


def _cut(run: Run, place: float) -> tuple[Run, Run] | None:
    """Cut a run at a strip when its widest gap lies there: two columns whose lines nearly touch."""
    words = run.words
    at = next((index for index, word in enumerate(words) if word.left >= place - 1), 0)
    if at == 0 or words[at - 1].right > place + 1:
        return None
    gap = words[at].left - words[at - 1].right
    others = (b.left - a.right for index, (a, b) in enumerate(itertools.pairwise(words)) if index != at - 1)
    if gap < max(0.4 * run.size, 1.25 * max(others, default=0.0)):
        return None
    return Run(words[:at]), Run(words[at:])


def _levels(side: list[Run]) -> int:
    """Count the lines of runs given from top to bottom."""
    count, last = 0, -1e9
    for run in side:
        if run.top > last + 0.5 * (run.bottom - run.top):
            count += 1
            last = run.top
    return count
