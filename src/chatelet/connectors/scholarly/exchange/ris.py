"""Writes and reads RIS, which Zotero, EndNote and Mendeley exchange: a tag of two characters, two blanks, a dash.

Lines that begin with no tag go on with the value before them. Dates are `YYYY/MM/DD/`; unknown tags are left aside.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from chatelet.connectors.scholarly import identifiers
from chatelet.connectors.scholarly.exchange.keys import inverted
from chatelet.connectors.scholarly.reading import address, date_from, year_of
from chatelet.connectors.scholarly.record import Author, Identifiers, Kind, Printed, Record

_TYPES: Final[dict[Kind | None, str]] = {
    "article": "JOUR",
    "review": "JOUR",
    "preprint": "UNPB",
    "conference": "CPAPER",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    "dataset": "DATA",
    "notice": "JOUR",
}
_KINDS: Final[dict[str, Kind]] = {
    "JOUR": "article",
    "JFULL": "article",
    "EJOUR": "article",
    "MGZN": "article",
    "UNPB": "preprint",
    "PREPRINT": "preprint",
    "CPAPER": "conference",
    "CONF": "conference",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "THES": "thesis",
    "RPRT": "report",
    "DATA": "dataset",
}
_LINE: Final = re.compile(r"^([A-Z][A-Z0-9])  ?- ?(.*)$")


def write(records: Sequence[Record]) -> str:
    """Return the references, with the line ends that the format asks for."""
    return "".join(f"{line}\r\n" for record in records for line in [*_lines(record), "ER  - ", ""])


def _lines(record: Record) -> Iterable[str]:
    printed, known = record.printed, record.identifiers
    first, _dash, last = (printed.pages or "").replace("–", "-").partition("-")
    told: list[tuple[str, str | None]] = [
        ("TY", _TYPES.get(record.kind, "GEN")),
        ("TI", record.title),
        *(("AU", inverted(author)) for author in record.authors),
        ("PY", str(record.year) if record.year else None),
        ("DA", record.date.replace("-", "/") + "/" * (3 - record.date.count("-") - 1) if record.date else None),
        ("PB" if record.kind in {"thesis", "report"} else "T2", record.venue),
        ("VL", printed.volume),
        ("IS", printed.issue),
        ("SP", first),
        ("EP", last),
        ("PB", None if record.kind in {"thesis", "report"} else printed.publisher),
        ("SN", printed.issn or printed.isbn),
        ("DO", known.doi),
        ("AN", f"arXiv:{known.arxiv}" if known.arxiv else None),
        ("C2", known.pmcid),
        ("ID", known.hal),
        ("UR", record.link),
        ("L1", record.access.url if record.access.is_pdf else None),
        ("LA", record.language),
        ("AB", record.abstract),
        ("N1", "Retracted" if record.is_retracted else None),
    ]
    return [f"{tag}  - {' '.join(value.split())}" for tag, value in told if value]


def looks_like(text: str) -> bool:
    """Tell whether a text is RIS."""
    return re.search(r"^\ufeff?TY  ?- ?\S", text, re.MULTILINE) is not None


def read(text: str) -> list[Record]:
    """Return the references of a text; what is between them is left aside."""
    return [_record(tags) for tags in _references(text)]


def _references(text: str) -> Iterator[dict[str, list[str]]]:
    tags: dict[str, list[str]] | None = None
    last: list[str] | None = None
    for line in text.lstrip("\ufeff").splitlines():
        found = _LINE.match(line.rstrip())
        if found is None:
            if last and line.strip():
                last[-1] = f"{last[-1]} {line.strip()}"
        elif found[1] == "TY":
            tags, last = {"TY": [found[2].strip()]}, None
        elif found[1] == "ER":
            if tags is not None:
                yield tags
            tags, last = None, None
        elif tags is not None:
            last = tags.setdefault(found[1], [])
            last.append(found[2].strip())
    if tags is not None:
        yield tags


def _record(tags: dict[str, list[str]]) -> Record:
    def one(*names: str) -> str | None:
        return next((value for name in names for value in tags.get(name, []) if value), None)

    kind: Kind = _KINDS.get(one("TY") or "", "other")
    written = re.split(r"[/-]", one("DA", "Y1", "PY") or "")
    year = year_of(one("PY", "Y1", "DA")) or year_of(written[0])
    pages = "-".join(part for part in (one("SP"), one("EP")) if part)
    is_issued_by_school = kind in {"thesis", "report"}
    return Record(
        sources=(),
        title=one("TI", "T1", "CT", "BT"),
        authors=tuple(_author(name) for tag in ("AU", "A1") for name in tags.get(tag, []) if name),
        year=year,
        date=date_from(*(part or None for part in written[:3])) or (str(year) if year else None),
        kind=kind,
        venue=one("PB") if is_issued_by_school else one("T2", "JO", "JF", "JA", "BT"),
        abstract=one("AB", "N2"),
        language=one("LA"),
        link=address(one("UR")),
        identifiers=Identifiers(
            doi=identifiers.doi_of(one("DO")) or _first_doi(tags.get("UR", [])),
            arxiv=next((found for value in tags.get("AN", []) if (found := identifiers.arxiv_of(value))), None),
            hal=identifiers.hal_of(one("ID")),
            pmcid=identifiers.pmcid_of(one("C2")),
        ),
        printed=Printed(
            volume=one("VL"),
            issue=one("IS"),
            pages=pages or None,
            publisher=None if is_issued_by_school else one("PB"),
            issn=one("SN") if kind != "book" else None,
            isbn=one("SN") if kind == "book" else None,
        ),
    )


def _first_doi(addresses: Iterable[str]) -> str | None:
    return next((found for one in addresses if "doi.org/" in one and (found := identifiers.doi_of(one))), None)


def _author(written: str) -> Author:
    family, comma, given = (part.strip() for part in written.partition(","))
    return Author(f"{given} {family}", family, given) if comma and given and family else Author(written.strip(", "))
