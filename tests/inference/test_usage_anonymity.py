"""What is told of units tells nothing of fewer than five persons, whatever the tree and whoever adds and subtracts."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from chatelet.inference.consumption.anonymity import LEAST, published


@dataclass(frozen=True)
class Drawn:
    """A tree with what is directly attached to each unit."""

    parents: list[int]
    persons: list[int]
    calls: list[int]

    def under(self, unit: int) -> frozenset[int]:
        """Numbers of a unit and of all under it."""
        found = {unit}
        for child in range(unit + 1, len(self.parents)):
            if self.parents[child] in found:
                found.add(child)
        return frozenset(found)

    def count(self, units: frozenset[int]) -> tuple[int, int]:
        return sum(self.persons[unit] for unit in units), sum(self.calls[unit] for unit in units)


@st.composite
def trees(draw: st.DrawFn, most: int = 30) -> Drawn:
    size = draw(st.integers(1, most))
    parents = [0, *(draw(st.integers(0, unit - 1)) for unit in range(1, size))]
    persons = [draw(st.one_of(st.integers(0, 4), st.integers(0, 30))) for _ in range(size)]
    # Someone who changed units in the month is counted where they first asked: calls without persons exist.
    calls = [count + draw(st.integers(0, 2)) for count in persons]
    return Drawn(parents, persons, calls)


def told(drawn: Drawn) -> list[bool]:
    return published(drawn.parents, drawn.persons, drawn.calls)


@given(trees())
def test_what_is_told_is_empty_or_counts_enough_persons(drawn: Drawn) -> None:
    for unit, is_told in enumerate(told(drawn)):
        persons, calls = drawn.count(drawn.under(unit))
        if is_told:
            assert persons >= LEAST or calls == 0
        elif unit == 0:
            assert persons < LEAST


@given(trees())
def test_every_piece_that_can_be_computed_is_empty_or_counts_enough(drawn: Drawn) -> None:
    """Units in the same told sums cannot be told apart; each such group is the finest that arithmetic reaches."""
    shown = [drawn.under(unit) for unit, is_told in enumerate(told(drawn)) if is_told]
    pieces: dict[frozenset[int], set[int]] = defaultdict(set)
    for unit in range(len(drawn.parents)):
        pieces[frozenset(number for number, units in enumerate(shown) if unit in units)].add(unit)
    pieces.pop(frozenset(), None)  # in no told sum at all
    for piece in pieces.values():
        persons, calls = drawn.count(frozenset(piece))
        assert persons >= LEAST or calls == 0


@settings(max_examples=60)
@given(trees(most=9))
def test_no_sum_of_a_few_persons_follows_from_what_is_told(drawn: Drawn) -> None:
    """By elimination over fractions: no combination of told sums gives the sum of a unit that is not told."""
    size = len(drawn.parents)
    shown = told(drawn)
    known = [drawn.under(unit) for unit in range(size) if shown[unit]]
    known += [frozenset({unit}) for unit in range(size) if drawn.calls[unit] == 0]  # zeros are no secret
    for unit in range(size):
        for units in (drawn.under(unit), frozenset({unit})):
            persons, calls = drawn.count(units)
            if calls and persons < LEAST:
                assert rank(known, size) < rank([*known, units], size)


@given(trees())
def test_nothing_is_hidden_without_need(drawn: Drawn) -> None:
    crowded = Drawn(drawn.parents, [count and count + LEAST for count in drawn.persons], drawn.persons)
    assert all(told(crowded))


def test_a_small_unit_hides_the_smallest_beside_it_and_keeps_the_total() -> None:
    #   ministry -> north (3 persons), south (900: 400 + 500), east (40)
    parents, persons = [0, 0, 0, 0, 2, 2], [0, 3, 0, 40, 400, 500]
    assert published(parents, persons, persons) == [True, False, True, False, True, True]
    # Without the east, the sum of the south is hidden, and the smaller of its two parts.
    assert published([0, 0, 0, 2, 2], [0, 3, 0, 400, 500], [0, 3, 0, 400, 500]) == [True, False, False, False, True]
    # Two of three persons hide each other only when they are enough together.
    assert published([0, 0, 0, 0], [0, 3, 2, 9], [0, 3, 2, 9]) == [True, False, False, True]
    assert published([0, 0, 0, 0], [0, 2, 2, 9], [0, 2, 2, 9]) == [True, False, False, False]


def test_a_unit_of_nobody_is_told_as_zero() -> None:
    assert published([0, 0, 0], [0, 6, 0], [0, 9, 0]) == [True, True, True]
    assert published([0], [4], [9]) == [False]


def rank(sets: list[frozenset[int]], size: int) -> int:
    """Rank of the indicator vectors of these sets."""
    rows = [[Fraction(unit in units) for unit in range(size)] for units in sets]
    found = 0
    for column in range(size):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [mine - factor * theirs for mine, theirs in zip(row, pivot, strict=True)]
        found += 1
    return found
