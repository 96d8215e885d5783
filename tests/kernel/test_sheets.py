"""TA-078: no cell of a file for spreadsheets is a formula."""

import csv
import io
from datetime import UTC, datetime

import pytest

from chatelet.kernel.sheets import sheet


@pytest.mark.parametrize("dangerous", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\n=1"])
def test_a_formula_becomes_a_text(dangerous: str) -> None:
    _, row = csv.reader(io.StringIO(sheet(["a"], [[dangerous]]).lstrip("\ufeff"), newline=""), delimiter=";")
    assert row == [f"'{dangerous}"]


def test_everything_else_comes_back_as_it_was() -> None:
    moment = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
    told = sheet(["Nom", "Le", "Combien"], [['Émilie; « du » "Châtelet"', moment, -5], [None, None, None]])
    assert told.startswith("\ufeffNom;Le;Combien\r\n")
    rows = list(csv.reader(io.StringIO(told.lstrip("\ufeff"), newline=""), delimiter=";"))
    assert rows[1:] == [['Émilie; « du » "Châtelet"', "2026-11-22 08:30:00", "-5"], ["", "", ""]]
