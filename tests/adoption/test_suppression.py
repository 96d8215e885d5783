"""Figures about few people: hidden, and not to be found from the others."""

from hypothesis import given
from hypothesis import strategies as st

from chatelet.adoption.suppression import LEAST, part_of, steps, suppress


def test_a_single_hidden_cell_takes_another_with_it() -> None:
    assert suppress([12, 3, 40, 7]) == ([12, None, 40, None], 62)
    assert suppress([12, 0, 40]) == ([12, 0, 40], 52)
    assert suppress([2, 1, 9, 30]) == ([None, None, None, 30], 42), "three among two cells would tell of three"
    assert suppress([4, 0]) == ([None, 0], None)
    assert suppress([]) == ([], 0)


@given(st.lists(st.integers(0, 30), max_size=12))
def test_what_is_hidden_is_about_five_at_least(counts: list[int]) -> None:
    told, total = suppress(counts)
    hidden = [count for count, cell in zip(counts, told, strict=True) if cell is None]
    assert all(cell is None or cell == count for cell, count in zip(told, counts, strict=True))
    assert not [cell for cell in told if cell is not None and 0 < cell < LEAST]
    if total is not None and hidden:
        assert len(hidden) > 1
        assert total - sum(cell for cell in told if cell is not None) >= LEAST


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_part_tells_neither_of_itself_nor_of_the_rest(part: int, rest: int) -> None:
    told = part_of(part, part + rest)
    assert told is None or (told == part and not 0 < part < LEAST and not 0 < rest < LEAST)


@given(st.lists(st.integers(0, 9), max_size=30))
def test_a_curve_grows_by_five_at_least(days: list[int]) -> None:
    curve = [count for _, count in steps([(f"{day:02}", count) for day, count in enumerate(days)])]
    assert all(after - before >= LEAST for before, after in zip([0, *curve], curve, strict=False))
    assert sum(days) - (curve[-1] if curve else 0) < LEAST
