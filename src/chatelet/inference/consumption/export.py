"""Monthly figures of units as a file: CSV for spreadsheets, or Parquet.

Cells that a spreadsheet would run are made plain (TA-078); only those who ask for Parquet load its library.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from chatelet.kernel.csv_cells import neutral

Format = Literal["csv", "parquet"]
MEDIA: Final = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
_WHOLE: Final = ("persons", "requests", "tokens")
_DECIMAL: Final = ("euros", "wh", "gco2e")
_COLUMNS: Final = (*_WHOLE, *_DECIMAL, "unpriced", "unmeasured")


class Row(NamedTuple):
    """One unit, with all under it, in one month; `figures` is None when it may not be told."""

    month: date
    unit_code: str
    unit_name: str
    parent_code: str
    figures: Mapping[str, int | float] | None


def write(rows: Sequence[Row], wanted: Format, language: str) -> bytes:
    """Return the file; a CSV has the separators that spreadsheets of this language expect."""
    return to_csv(rows, language) if wanted == "csv" else to_parquet(rows)


def to_csv(rows: Sequence[Row], language: str) -> bytes:
    """Return a CSV that opens with a double click: a mark for UTF-8, semicolons and decimal commas in French."""
    french = language == "fr"
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";" if french else ",", lineterminator="\r\n")
    lines.writerow(["month", "unit_code", "unit_name", "parent_code", *_COLUMNS, "told"])
    for row in rows:
        cells = ["" if row.figures is None else _number(row.figures[name], french=french) for name in _COLUMNS]
        names = [neutral(name) for name in (row.unit_code, row.unit_name, row.parent_code)]
        lines.writerow([f"{row.month:%Y-%m}", *names, *cells, "no" if row.figures is None else "yes"])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def to_parquet(rows: Sequence[Row]) -> bytes:
    """Return an Apache Parquet file (zstd)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow: Any = pa
    whole, decimal = arrow.int64(), arrow.float64()
    columns: dict[str, Any] = {
        "month": arrow.array([row.month for row in rows], arrow.date32()),
        **{name: arrow.array([getattr(row, name) for row in rows], arrow.string()) for name in Row._fields[1:4]},
        **{
            name: arrow.array(
                [row.figures and row.figures[name] for row in rows], decimal if name in _DECIMAL else whole
            )
            for name in _COLUMNS
        },
        "told": arrow.array([row.figures is not None for row in rows], arrow.bool_()),
    }
    made = io.BytesIO()
    parquet: Any = pq
    parquet.write_table(arrow.table(columns), made, compression="zstd")
    return made.getvalue()


def _number(value: float, *, french: bool) -> str:
    return str(value).replace(".", ",") if french else str(value)
