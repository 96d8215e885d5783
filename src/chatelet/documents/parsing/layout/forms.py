"""Forms: labels with what is written beside them. They stand like the cells of a table, and are read pair by pair."""

import re
from collections.abc import Sequence

from chatelet.documents.parsing.layout.lines import Run
from chatelet.documents.parsing.layout.parts import Grid, GridCell

_LABEL = re.compile(r"^[^\W\d][^:]{0,60}?\s?[:\uff1a](?:\s|$)")  # "Nom :", and not a time of day
_LEAST_PAIRS = 2
_BEGUN = 0.7  # of the rows: they begin with a label
_SINGLE = 0.8  # of the labels: one cell at most beside them, else it is a row of figures


def fields(grid: Grid) -> list[list[Run]] | None:
    """Return the lines of each field, its label first, row by row; None when the grid is that of a table."""
    rows: dict[int, list[GridCell]] = {}
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.lines:
            rows.setdefault(cell.row, []).append(cell)
    pairs = [pair for row in rows.values() for pair in _pairs(row)]
    labelled = [pair for pair in pairs if _is_label(pair[0])]
    begun = sum(1 for row in rows.values() if _is_label(row[0]))
    single = sum(1 for pair in labelled if len(pair) <= (2 if _is_bare(pair[0]) else 1))
    if len(labelled) < _LEAST_PAIRS or begun < _BEGUN * len(rows) or single < _SINGLE * len(labelled):
        return None
    return [[line for cell in pair for line in cell.lines] for pair in pairs]


def _pairs(row: Sequence[GridCell]) -> list[list[GridCell]]:
    """Cut a row where a label begins."""
    pairs: list[list[GridCell]] = []
    for cell in row:
        if not pairs or _is_label(cell):
            pairs.append([cell])
        else:
            pairs[-1].append(cell)
    return pairs


def _is_label(cell: GridCell) -> bool:
    return bool(_LABEL.match(_text(cell)))


def _is_bare(cell: GridCell) -> bool:
    return _text(cell).rstrip().endswith((":", "\uff1a"))


def _text(cell: GridCell) -> str:
    return " ".join(line.text for line in cell.lines)
