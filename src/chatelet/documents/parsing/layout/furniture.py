"""Running headers and footers and page numbers: rows at the top or bottom of pages that repeat from page to page.

One page alone repeats nothing: there, only a page's own number is taken off.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from chatelet.documents.parsing.layout.lines import Run, rows

_ZONE = 0.22  # of the page's height, at each end
_DIGITS = re.compile(r"\d+|\b[ivxlcdm]{1,7}\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?:[-–—\[(|]\s*)?(?:page|p\.|seite|pág\.?)?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*"
    r"(?:(?:/|sur|of|de|von)\s*\d{1,4})?(?:\s*[-–—\])|])?$",
    re.IGNORECASE,
)
_MOST_ROWS = 4
_MOST_RUNS = 24  # looked at, from each edge
_SURELY = 4  # times seen: then even what touches the body runs through the pages
_APART = 0.5  # of the size: more than between two lines of a paragraph


@dataclass(frozen=True)
class Row:
    """A row near an end of a page, what it says without its numbers, and where."""

    runs: tuple[Run, ...]
    key: str
    top: float
    number: bool
    apart: bool  # from what stands next to it, away from the edge


def candidates(found: Sequence[Run], height: float) -> tuple[list[Row], list[Row]]:
    """Return the outermost rows at the top and at the bottom of a page, outermost first."""
    upper = sorted((run for run in found if run.bottom < 1.5 * _ZONE * height), key=lambda run: run.top)
    lower = sorted((run for run in found if run.top > (1 - 1.5 * _ZONE) * height), key=lambda run: -run.bottom)
    top = _from_edge(rows(upper[:_MOST_RUNS]))
    bottom = _from_edge([*reversed(rows(lower[:_MOST_RUNS]))])
    return (
        [row for row in top if row.top < _ZONE * height][:_MOST_ROWS],
        [row for row in bottom if row.top > (1 - _ZONE) * height][:_MOST_ROWS],
    )


def _from_edge(found: list[list[Run]]) -> list[Row]:
    """Return rows given from the edge inwards, with how far each stands from the next."""
    result: list[Row] = []
    for index, row in enumerate(found):
        text = " ".join(run.text for run in row)
        inner = found[index + 1][0] if index + 1 < len(found) else None
        apart = inner is None or max(inner.top - row[0].bottom, row[0].top - inner.bottom) > _APART * row[0].size
        key = _DIGITS.sub("#", text).strip()
        result.append(Row(tuple(row), key, row[0].top, number=bool(_NUMBER.match(text.strip())), apart=apart))
    return result


def repeated(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """Return, for each page, those of its outermost rows that run through the document."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({(row.key, round(row.top / 12)) for row in page})
    least = 2 if len(pages) < 8 else 3
    return [_outermost(page, counts, least) for page in pages]


def _outermost(page: list[Row], counts: Counter[tuple[str, int]], least: int) -> list[Row]:
    """Keep rows from the page's edge inwards, up to the last that repeats or is a number."""
    last = 0
    for index, row in enumerate(page, start=1):
        place = round(row.top / 12)
        seen = max(counts[row.key, near] for near in (place - 1, place, place + 1))
        if (row.number and index == 1) or (
            seen >= least and row.key != "#" and (row.apart or (index == 1 and seen > _SURELY))
        ):
            last = index
    return page[:last]
