"""Columns are found though lines are stretched, titles lie over one of them alone, or short lines hide the gutter."""

import pytest
from evals.recognition.pages import PAGES, WIDTH, Pen, drawn
from evals.recognition.scanning import errors
from reportlab.pdfgen.canvas import Canvas

from tests.documents.parsing.pdf.making import HEIGHT, REPORT, column, in_order, kinds, made, read, rows

# What is read otherwise than it was drawn: cells are parted by bars, a stamp comes before the page.
_BARS = {"table in a column": 0.006, "table without lines": 0.006}
_TABLES = {"table in a column": 1, "table without lines": 1}


@pytest.mark.parametrize("name", [name for name in PAGES if name != "stamp in the margin"])
def test_a_page_is_read_in_the_order_it_was_written_and_only_tables_are_tables(name: str) -> None:
    data, told = drawn(name)

    document = read(data)

    assert errors(told, document.text) <= _BARS.get(name, 0.001)
    assert len(document.tables) == _TABLES.get(name, 0)


def test_stretched_lines_are_no_rows_of_cells() -> None:
    def page(canvas: Canvas) -> None:
        pen = Pen(canvas, [REPORT.strip()])
        pen.columns(3, 60, WIDTH - 60, 80, 500, 14, 10, "Helvetica")

    document = read(made(page))

    assert document.tables == []
    assert "The committee met three times during the winter" in document.text


def test_short_lines_of_a_list_over_both_columns_do_not_hide_the_gutter() -> None:
    def page(canvas: Canvas) -> None:
        rows(
            canvas,
            ["- The first of all the remarks, which runs across the page from its left edge to its right edge."],
            60,
            80,
        )
        rows(canvas, ["- A second remark, which ends a little beyond the gutter", "- A third one"], 60, 96)
        column(canvas, "Left begins. " + REPORT * 4, 60, 140, 46)
        column(canvas, "Right begins. " + REPORT * 4, 310, 140, 46)
        rows(
            canvas,
            ["- The last of all the remarks, which runs across the page from its left edge to its right edge."],
            60,
            460,
        )

    text = read(made(page)).text

    assert in_order(text, "A third one", "Left begins.", "Right begins.", "The last of all")
    left, right = text.index("Left begins."), text.index("Right begins.")
    assert text[left:right].count("The committee met") == text[right:].count("The committee met") == 4


@pytest.mark.parametrize(("x", "y"), [(430, 60), (310, 60)], ids=["at the right", "where the column begins"])
def test_what_stands_at_the_top_right_is_read_first(x: float, y: float) -> None:
    def page(canvas: Canvas) -> None:
        rows(canvas, ["Bulletin, 12 mars"], x, y)
        column(canvas, "Left begins. " + REPORT * 4, 60, 140, 46)
        column(canvas, "Right begins. " + REPORT * 4, 310, 140, 46)

    assert in_order(read(made(page)).text, "Bulletin, 12 mars", "Left begins.", "Right begins.")


def test_a_heading_under_two_columns_begins_what_follows_them() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, "Left begins. " + REPORT * 3, 60, 80, 46)
        column(canvas, "Right begins. " + REPORT * 3, 310, 80, 46)
        rows(canvas, ["Further remarks"], 60, 330, 13)
        rows(
            canvas,
            ["A sentence that runs over both columns of the page, from the left edge to the right edge of it."],
            60,
            350,
        )

    assert in_order(read(made(page)).text, "Left begins.", "Right begins.", "Further remarks", "A sentence that runs")


def test_real_tables_of_few_words_stay_tables() -> None:
    cells = [["Nantes", "1 204", "318"], ["Lyon", "986", "275"], ["Lille", "1 051", "402"], ["Metz", "77", "9"]]

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for index, row in enumerate(cells):
            for place, text in zip((60, 160, 230), row, strict=True):
                canvas.drawString(place, HEIGHT - 100 - 14 * index, text)

    document = read(made(page))

    assert [len(table.cells) for table in document.tables] == [12]
    assert kinds(document, "paragraph") == []
