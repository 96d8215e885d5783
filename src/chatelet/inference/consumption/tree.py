"""The tree of units as it is today, numbered from the top, and the figures of each month placed in it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple
from uuid import UUID

from chatelet.inference.consumption.anonymity import LEAST, published
from chatelet.inference.consumption.figures import NOTHING, Figures

WHOLE: Final = 0  # the number of the whole installation, in which those without unit are counted directly
NIL: Final = UUID(int=0)


class Place(NamedTuple):
    """A unit, as the tree needs it."""

    id: UUID
    parent_id: UUID | None
    merged_into: UUID | None
    code: str
    name: str


class Tree:
    """Open units by number, parents before children. `places` come in that order."""

    def __init__(self, places: Sequence[Place]) -> None:
        opened = [place for place in places if place.merged_into is None]
        self.places: list[Place | None] = [None, *opened]
        self.number = {place.id: number for number, place in enumerate(opened, start=1)}
        above = [self.number.get(place.parent_id, WHOLE) if place.parent_id else WHOLE for place in opened]
        self.parents = [WHOLE, *above]
        self._merged = {place.id: place.merged_into for place in places if place.merged_into is not None}

    @cached_property
    def children(self) -> list[list[int]]:
        """The units directly under each."""
        found: list[list[int]] = [[] for _ in self.parents]
        for unit, parent in enumerate(self.parents[1:], start=1):
            found[parent].append(unit)
        return found

    def find(self, unit_id: UUID) -> int:
        """Return the number of a unit: of what took it over when it was merged, of the whole when it is no more."""
        seen: set[UUID] = set()
        while unit_id in self._merged and unit_id not in seen:
            seen.add(unit_id)
            unit_id = self._merged[unit_id]
        return self.number.get(unit_id, WHOLE)

    def above(self, unit: int) -> Iterable[int]:
        """Go from a unit, itself included, up to the whole."""
        while unit != WHOLE:
            yield unit
            unit = self.parents[unit]
        yield WHOLE


@dataclass(frozen=True, slots=True)
class Month:
    """One month: what each unit used directly, and which sums may be told."""

    direct: dict[int, Figures]
    told: Sequence[bool]


def place_months(tree: Tree, months: Sequence[date], rows: Iterable[tuple[date, UUID, Figures]]) -> list[Month]:
    """Place the stored figures in the tree of today and decide, month by month, what may be told.

    The few without unit (an emergency account, a newcomer) are left out of a month: counted in the whole, they would
    have to hide the figures of a unit.
    """
    direct: dict[date, dict[int, Figures]] = {month: {} for month in months}
    for month, unit_id, figures in rows:
        unit, known = tree.find(unit_id), direct[month]
        known[unit] = known.get(unit, NOTHING).plus(figures)
    for known in direct.values():
        if WHOLE in known and known[WHOLE].persons < LEAST:
            del known[WHOLE]
    return [Month(direct[month], _told(tree, direct[month])) for month in months]


def _told(tree: Tree, direct: dict[int, Figures]) -> list[bool]:
    persons, calls = [0] * len(tree.parents), [0] * len(tree.parents)
    for unit, figures in direct.items():
        persons[unit], calls[unit] = figures.persons, figures.calls
    return published(tree.parents, persons, calls)
