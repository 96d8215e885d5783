"""Which sums of a tree may be told without telling of fewer than `LEAST` persons (TA-125). Pure.

What is published of a tree (each sum counts a unit with all under it) lets anyone compute exactly the sums of its
*pieces*: a published unit less the topmost published units under it. So the rule is about pieces, not about cells:

    every piece is empty, or counts at least LEAST persons

From the leaves up, a unit of LEAST persons or more is published; when that leaves a piece too small (a total less its
other parts would tell it), the smallest published unit under it is hidden instead, until the piece is large enough.
Totals are therefore kept before parts. It is decided for each month over the whole tree, whoever asks: two people, two
pages or two exports never complete each other.
"""

from collections.abc import Sequence
from typing import Final

LEAST: Final = 5


def published(parents: Sequence[int], persons: Sequence[int], calls: Sequence[int], least: int = LEAST) -> list[bool]:
    """Tell, for each unit, whether the sum of it and all under it may be told.

    Units are numbered so that a parent comes before its children; unit 0 is the whole (its parent is ignored).
    `persons` and `calls` are those directly attached. A unit where nothing was asked is told: it is zero.
    """
    count = len(parents)
    whole, used = list(persons), list(calls)
    for unit in range(count - 1, 0, -1):
        whole[parents[unit]] += whole[unit]
        used[parents[unit]] += used[unit]
    told = [not calls for calls in used]
    left_persons, left_calls = list(persons), list(calls)  # what no published unit under it counts
    topmost: list[list[int]] = [[] for _ in range(count)]
    for unit in range(count - 1, -1, -1):
        above = parents[unit]
        if whole[unit] >= least:
            while left_calls[unit] and left_persons[unit] < least:
                hidden = _cheapest(topmost[unit], left_persons, whole, least)
                told[hidden] = False
                topmost[unit].remove(hidden)
                topmost[unit] += topmost[hidden]
                left_persons[unit] += left_persons[hidden]
                left_calls[unit] += left_calls[hidden]
            told[unit] = True
            if unit:
                topmost[above].append(unit)
        elif unit:
            left_persons[above] += left_persons[unit]
            left_calls[above] += left_calls[unit]
    return told


def _cheapest(candidates: Sequence[int], left: Sequence[int], whole: Sequence[int], least: int) -> int:
    """Return the unit to hide: one that is enough by itself if there is one, and the smallest of these."""
    return min(candidates, key=lambda unit: (left[unit] < least, whole[unit]))
