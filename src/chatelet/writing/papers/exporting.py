"""A table of papers as a file: CSV that no spreadsheet runs, Markdown, ODT. Pure.

Each says for machines that one of them wrote it (AI Act, article 50(2)): a column, a comment, a property.
"""

import csv
import io
from datetime import datetime
from typing import Final

from chatelet.documents.composing.blocks import AI_NOTICE, AI_PROPERTY, Document, Grid, words
from chatelet.documents.composing.writing import MEDIA, write
from chatelet.identity.principal import Language
from chatelet.writing.papers.schemas import TableIn

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_TITLES: Final[dict[Language, str]] = {"fr": "Comparaison de publications", "en": "Publications compared"}
_CSV: Final = "text/csv; charset=utf-8"
_MARKDOWN: Final = "text/markdown; charset=utf-8"


def written(table: TableIn, language: Language, at: datetime) -> tuple[bytes, str]:
    """Return the bytes of a table and their media type. Short rows are completed, long ones cut."""
    width = len(table.columns)
    rows = [[*row, *[""] * width][:width] for row in table.rows]
    if table.format == "csv":
        return _csv([[*table.columns, AI_PROPERTY], *([*row, "true"] for row in rows)]), _CSV
    if table.format == "md":
        mark = f"\n<!-- {AI_PROPERTY}: {AI_NOTICE[language]} -->\n"
        return (_markdown(table.columns, rows) + mark).encode(), _MARKDOWN
    grid = Grid(tuple(words(one) for one in table.columns), tuple(tuple(words(one) for one in row) for row in rows))
    return write(Document(_TITLES[language], language, at, (grid,), mark_ai=True), "odt"), MEDIA["odt"]


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([[_inert(one) for one in row] for row in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _inert(cell: str) -> str:
    """Return a cell that a spreadsheet shows and does not compute."""
    return f"'{cell}" if cell.startswith(_STARTS) else cell


def _markdown(columns: list[str], rows: list[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(_one_line(one) for one in line) + " |" for line in lines) + "\n"


def _one_line(cell: str) -> str:
    return " ".join(cell.replace("|", "\\|").split())
