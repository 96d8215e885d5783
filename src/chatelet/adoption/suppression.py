"""Figures about few people are not told: no cell below five, and no way to find it from those that are told.

Each table is one column of counts with its total. A cell from 1 to 4 is hidden; when what is hidden could be found by
subtracting from the total (one cell, or several that are too few together), the least of the others is hidden too;
when there is no other, the total is. Zero is told: it is about nobody.
"""

from collections.abc import Sequence
from typing import Final

LEAST: Final = 5


def part_of(part: int, whole: int) -> int | None:
    """Return a part of a whole that is told, or None when the part or the rest would tell of fewer than five."""
    rest = whole - part
    return None if 0 < part < LEAST or 0 < rest < LEAST else part


def suppress(counts: Sequence[int]) -> tuple[list[int | None], int | None]:
    """Return the cells and their total, with None for what must not be told."""
    hidden = {place for place, count in enumerate(counts) if 0 < count < LEAST}
    total: int | None = sum(counts)
    if not hidden:
        return list(counts), total
    others = sorted((count, place) for place, count in enumerate(counts) if count >= LEAST)
    while len(hidden) < 2 or sum(counts[place] for place in hidden) < LEAST:
        if not others:
            total = None
            break
        hidden.add(others.pop(0)[1])
    return [None if place in hidden else count for place, count in enumerate(counts)], total


def steps(days: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Turn (day, how many that day) into (day, how many so far): a point waits until five more are in."""
    told: list[tuple[str, int]] = []
    so_far = last = 0
    for day, count in days:
        so_far += count
        if so_far - last >= LEAST:
            told.append((day, so_far))
            last = so_far
    return told
