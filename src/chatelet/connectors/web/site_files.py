"""Lists of sites as CSV: `site;kind`, one a line, with or without a header, in French or in English.

A line that is not understood is told with its number; the others are taken.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pydantic import TypeAdapter, ValidationError

from chatelet.connectors.web.schemas import Pattern
from chatelet.connectors.web.tiers import Site, Tier
from chatelet.kernel.text import fold

DENIED: Final = "denied"
MOST: Final = 5_000
_PATTERN: Final = TypeAdapter[str](Pattern)
_KINDS: Final[dict[str, Tier | None]] = {
    **{tier.value: tier for tier in Tier},
    "officiel": Tier.OFFICIAL,
    "presse": Tier.PRESS,
    "autre": Tier.OTHER,
    DENIED: None,
    "deny": None,
    "refuse": None,
    "interdit": None,
}
_HEADER: Final = frozenset({"site", "pattern", "domaine", "domain"})
_RISKY: Final = re.compile(r"[=+@\t\r-]")


class Line(NamedTuple):
    """A line of a file; `site` None: not understood."""

    number: int
    site: Site | None


def read(text: str) -> Iterator[Line]:
    """Give the lines of a file, those that are empty and the header left out."""
    delimiter = ";" if text.count(";") >= text.count(",") else ","
    for number, row in enumerate(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and fold(cells[0]) in _HEADER):
            continue
        if number > MOST + 1:
            return
        yield Line(number, _site(cells))


def write(sites: Iterable[tuple[str, str | None, str]]) -> str:
    """Return a file of patterns, kinds (None: denied) and units."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";")
    rows.writerow(("site", "kind", "unit"))
    for pattern, tier, unit in sites:
        # A line of a list may begin with `*`, never with what a spreadsheet reads as a formula; a name might.
        rows.writerow((pattern, tier or DENIED, f"'{unit}" if _RISKY.match(unit) else unit))
    return written.getvalue()


def _site(cells: list[str]) -> Site | None:
    kind = fold(cells[1]) if len(cells) > 1 else ""
    if kind not in _KINDS:
        return None
    try:
        return Site(_PATTERN.validate_python(cells[0]), _KINDS[kind])
    except ValidationError:
        return None
