"""Writes CSL-JSON (citeproc), which Zotero and pandoc read. Schema: github.com/citation-style-language/schema."""

from collections.abc import Sequence
from typing import Final

import msgspec

from chatelet.connectors.scholarly.exchange.keys import keys_of
from chatelet.connectors.scholarly.record import Author, Kind, Record

_TYPES: Final[dict[Kind | None, str]] = {
    "article": "article-journal",
    "review": "article-journal",
    "preprint": "article",
    "conference": "paper-conference",
    "chapter": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "dataset": "dataset",
    "notice": "article-journal",
}


def write(records: Sequence[Record]) -> str:
    """Return the list of items."""
    items = [_item(record, key) for record, key in zip(records, keys_of(records), strict=True)]
    return msgspec.json.format(msgspec.json.encode(items), indent=1).decode()


def _item(record: Record, key: str) -> dict[str, object]:
    printed, known = record.printed, record.identifiers
    told: dict[str, object | None] = {
        "id": key,
        "type": _TYPES.get(record.kind, "document"),
        "title": record.title,
        "author": [_name(author) for author in record.authors],
        "issued": {"date-parts": [_parts(record)]} if record.year else None,
        "container-title": None if record.kind in {"thesis", "report", "book"} else record.venue,
        "publisher": record.venue if record.kind in {"thesis", "report"} else printed.publisher,
        "volume": printed.volume,
        "issue": printed.issue,
        "page": printed.pages,
        "ISSN": printed.issn,
        "ISBN": printed.isbn,
        "abstract": record.abstract,
        "language": record.language,
        "DOI": known.doi,
        "PMID": known.pmid,
        "PMCID": known.pmcid,
        "URL": record.link,
        "number": f"arXiv:{known.arxiv}" if known.arxiv and record.kind == "preprint" else None,
        "status": "Retracted" if record.is_retracted else None,
    }
    return {name: value for name, value in told.items() if value}


def _parts(record: Record) -> list[int]:
    return [int(part) for part in (record.date or str(record.year)).split("-")]


def _name(author: Author) -> dict[str, str]:
    if author.family is None:
        return {"literal": author.name}
    return {"family": author.family, **({"given": author.given} if author.given else {})}
