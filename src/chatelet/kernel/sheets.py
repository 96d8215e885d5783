"""Rows for a spreadsheet: CSV as the tables of both languages open it, and cells that no spreadsheet runs (TA-078).

UTF-8 with its mark and semicolons: what a double click opens well where the comma is the decimal mark. A cell that
begins as a formula would (= + - @, tabulation, return) is given an apostrophe, which spreadsheets show as text.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from chatelet.kernel.csv_cells import neutral

Cell = str | int | datetime | None


def sheet(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return the text of a CSV file."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_told(cell) for cell in row] for row in rows)
    return "\ufeff" + written.getvalue()


def _told(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, int):
        return str(cell)
    return neutral(cell)
