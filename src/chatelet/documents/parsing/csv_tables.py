"""CSV and TSV: the separator is the one that cuts all records alike; the first record names the columns."""

import csv
from collections import Counter

from chatelet.documents.parsing.document import BlockKind, ParsedDocument
from chatelet.documents.parsing.draft import Draft, GridCell
from chatelet.documents.parsing.encodings import decoded
from chatelet.documents.parsing.outcome import damaged
from chatelet.documents.parsing.reader import Source

_SEPARATORS = ";,\t|"
_LOOKED_AT = 200
_LONGEST_FIELD = 1_000_000


def read_csv(source: Source) -> ParsedDocument:
    """Read a table in text."""
    draft = Draft(source.kind, source.limits)
    text = decoded(source.data)
    if text.startswith("sep=") and len(text) > 5:
        text = text.partition("\n")[2]
    separator = "\t" if source.kind == "tsv" else separator_of(text)
    csv.field_size_limit(_LONGEST_FIELD)
    cells: list[GridCell] = []
    try:
        for row, record in enumerate(csv.reader(text.splitlines(keepends=True), delimiter=separator)):
            cells += [GridCell(row, column, value, header=row == 0) for column, value in enumerate(record)]
            if len(cells) > source.limits.cells:
                break
    except csv.Error as error:
        raise damaged("table_damaged") from error
    if cells and max(cell.column for cell in cells) == 0:
        draft.block(BlockKind.PARAGRAPH, "\n".join(cell.text for cell in cells))
    else:
        draft.table(cells)
    return draft.document()


def separator_of(text: str) -> str:
    """Return the separator that gives the most records the same number of fields, more than one."""
    lines = text[:200_000].splitlines(keepends=True)[:_LOOKED_AT]
    best, choice = 0.0, ","
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(record) for record in csv.reader(lines, delimiter=separator) if record)
        except csv.Error:
            continue
        width, count = max(widths.items(), key=lambda pair: (pair[1] if pair[0] > 1 else 0, pair[0]), default=(1, 0))
        score = count / max(1, sum(widths.values())) + width / 10_000 if width > 1 else 0.0
        if score > best:
            best, choice = score, separator
    return choice
