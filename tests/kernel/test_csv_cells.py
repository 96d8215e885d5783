"""No cell of a list that leaves runs as a formula in a spreadsheet (TA-078)."""

import csv
import io

import pytest

from chatelet.kernel.csv_cells import csv_line, neutral


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", " =", "\u00a0@"])
def test_what_would_run_is_made_a_text(first: str) -> None:
    assert neutral(f"{first}1+1") == f"'{first}1+1"


@pytest.mark.parametrize("text", ["", "Ada", "a=b", "1310", "e@mail.fr", " Ada"])
def test_what_would_not_is_left_alone(text: str) -> None:
    assert neutral(text) == text


def test_a_line_is_read_back_as_it_was() -> None:
    cells = ['Ada "la Comtesse"', "a;b,c", "deux\nlignes", ""]
    for separator in (",", ";"):
        [read] = csv.reader(io.StringIO(csv_line(cells, separator), newline=""), delimiter=separator)
        assert read == cells
