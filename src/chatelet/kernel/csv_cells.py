"""Lines of CSV files that people open in a spreadsheet: no cell of ours is ever run as a formula there (TA-078)."""

from collections.abc import Iterable
from typing import Final

# What a spreadsheet takes for the beginning of a formula, full-width forms included; line breaks can begin a new cell.
_BEGIN_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def neutral(text: str) -> str:
    """Return the text with an apostrophe before what a spreadsheet would run; a spreadsheet does not show it."""
    return (
        f"'{text}" if text.lstrip(" \xa0").startswith(_BEGIN_A_FORMULA) or text.startswith(_BEGIN_A_FORMULA) else text
    )


def csv_line(cells: Iterable[str], separator: str = ",") -> str:
    """Return one line (RFC 4180: quoted cells, CRLF), each cell made neutral."""
    return separator.join('"' + neutral(cell).replace('"', '""') + '"' for cell in cells) + "\r\n"
