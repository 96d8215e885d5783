"""The light follows the lines of the page: one box for a line, whatever way it runs; steps where it is tilted."""

import math

import pytest

from chatelet.documents.parsing.document import Page, Word
from chatelet.knowledge.highlight import boxes_of

SIDE = 400.0
HIGH = 10.0
WIDTHS = (30.0, 6.0, 45.0, 12.0, 60.0)


def line(top: float, left: float = 40.0) -> list[tuple[float, float, float, float]]:
    """Return the boxes of words written from left to right."""
    boxes = list[tuple[float, float, float, float]]()
    for width in WIDTHS:
        boxes.append((left, top, left + width, top + HIGH))
        left += width + 4
    return boxes


def page(*boxes: tuple[float, float, float, float]) -> Page:
    words = [Word(at * 10, at * 10 + 9, *box) for at, box in enumerate(boxes)]
    return Page(1, 0, len(boxes) * 10, width=SIDE, height=SIDE, words=words)


def turned(box: tuple[float, float, float, float], quarters: int) -> tuple[float, float, float, float]:
    for _ in range(quarters):
        left, top, right, bottom = box
        box = (SIDE - bottom, left, SIDE - top, right)
    return box


@pytest.mark.parametrize("quarters", range(4))
def test_one_box_for_each_line_whatever_way_it_runs(quarters: int) -> None:
    lines = [*line(50), *line(65)]
    boxes = boxes_of(page(*(turned(box, quarters) for box in lines)), 0, len(lines) * 10)
    expected = [turned((40, top, 40 + sum(WIDTHS) + 16, top + HIGH), quarters) for top in (50, 65)]
    assert [(box.left, box.top, box.right, box.bottom) for box in boxes] == [
        pytest.approx([edge / SIDE for edge in box]) for box in expected
    ]


def test_only_the_words_asked_for() -> None:
    [box] = boxes_of(page(*line(50)), 10, 25)
    assert (box.left * SIDE, box.right * SIDE) == (pytest.approx(74), pytest.approx(129))
    assert boxes_of(page(*line(50)), 500, 600) == []


def test_two_columns_stay_apart() -> None:
    boxes = boxes_of(page(*line(50, 20), *line(50, 220)), 0, 100)
    assert [round(box.left * SIDE) for box in boxes] == [20, 220]


@pytest.mark.parametrize("degrees", [-3.0, 2.5])
def test_a_tilted_line_is_lit_in_steps(degrees: float) -> None:
    slope = math.tan(math.radians(degrees))
    tilted = [(left, top + left * slope, right, bottom + left * slope) for left, top, right, bottom in line(150)]
    boxes = boxes_of(page(*tilted), 0, 50)
    assert 1 < len(boxes) < len(tilted)
    assert all((box.bottom - box.top) * SIDE <= 1.4 * HIGH for box in boxes)
