"""A record as a text to answer from: what services told of a work, in the order in which a reader wants it.

The text is what citations are checked against: it holds nothing that no source said.
"""

import re
from typing import Final, Literal

from chatelet.connectors.scholarly.record import Record

Status = Literal["retracted", "concern", "corrected", "preprint", "published", "thesis", "unknown"]
_OF_KIND: Final[dict[str, Status]] = {
    "preprint": "preprint",
    "thesis": "thesis",
    **dict.fromkeys(("article", "review", "conference", "chapter", "book"), "published"),
}
_SHOWN_AUTHORS: Final = 12
_LONGEST_ABSTRACT: Final = 60_000
_WEB: Final = re.compile(r"https?://", re.IGNORECASE)


def status_of(record: Record) -> Status:
    """Return what a reader must know first of a work; `unknown` when no source says what it is."""
    kinds = {notice.kind for notice in record.notices}
    if record.is_retracted:
        return "retracted"
    if "concern" in kinds:
        return "concern"
    if "correction" in kinds:
        return "corrected"
    return _OF_KIND.get(record.kind or "other", "unknown")


def authors_of(record: Record, most: int = _SHOWN_AUTHORS) -> str:
    """Return the authors in their order, shortened as references are."""
    names = [one.name for one in record.authors[:most]]
    return ", ".join(names) + (" et al." if len(record.authors) > most else "")


def heading_of(record: Record) -> str:
    """Return title, authors, venue and year, a line each: what no source said is left out."""
    title = ". ".join(filter(None, (record.title, record.subtitle)))
    year = str(record.year) if record.year else ""
    lines = (title, authors_of(record), ", ".join(filter(None, (record.venue, year))))
    return "\n".join(line for line in lines if line)


def text_of(record: Record) -> str:
    """Return the heading, then the abstract."""
    return f"{heading_of(record)}\n\n{(record.abstract or '')[:_LONGEST_ABSTRACT]}".strip()


def address_of(record: Record) -> str | None:
    """Return where a reader finds the work: its DOI's address, else the link of a source; never what is not http."""
    if record.identifiers.doi:
        return f"https://doi.org/{record.identifiers.doi}"
    return record.link if record.link and _WEB.match(record.link) else None
