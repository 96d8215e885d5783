"""A page made to cost time costs little: thousands of words or lines anywhere on it."""

import random
import time

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.documents.parsing.pdf.making import HEIGHT, WIDTH, made, read

CHANCE = random.Random(7)


def words(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 4)
    for index in range(8_000):
        canvas.drawString(CHANCE.uniform(0, WIDTH - 20), CHANCE.uniform(0, HEIGHT), f"m{index}")


def lines(canvas: Canvas) -> None:
    for _ in range(3_000):
        x, y = CHANCE.uniform(0, WIDTH), CHANCE.uniform(0, HEIGHT)
        canvas.line(x, y, x + 40, y)
        canvas.line(x, y, x, y + 40)
    canvas.drawString(60, 400, "Légende")


def boxes(canvas: Canvas) -> None:
    for column in range(60):
        for row in range(90):
            canvas.rect(column * 9, row * 9, 9, 9)
            canvas.setFont("Helvetica", 3)
            canvas.drawString(column * 9 + 2, row * 9 + 2, str(row))


@pytest.mark.parametrize(("draw", "expected"), [(words, "m7999"), (lines, "Légende"), (boxes, "89")])
def test_a_crowded_page_is_read_in_bounded_time(draw: object, expected: str) -> None:
    data = made(draw)
    started = time.process_time()

    document = read(data)

    assert time.process_time() - started < 8
    assert expected in document.text
