r"""Reads BibTeX as it is written: strings and their joining by `#`, nested braces, quotes, comments, missing commas.

    text ─ entries (type, key, fields) ─ records

A pure reader that never raises: an entry that does not close is read as far as it goes. Grammar: btxdoc.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from chatelet.connectors.scholarly import identifiers
from chatelet.connectors.scholarly.cleaning import without_latex
from chatelet.connectors.scholarly.cleaning import words as without_markup
from chatelet.connectors.scholarly.reading import address, date_from, date_of, year_of
from chatelet.connectors.scholarly.record import Author, Identifiers, Kind, Printed, Record

_START: Final = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_FIELD: Final = re.compile(r"[\s,]*([A-Za-z][\w:.+-]*)\s*=\s*")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_KINDS: Final[dict[str, Kind]] = {
    "article": "article",
    "inproceedings": "conference",
    "conference": "conference",
    "incollection": "chapter",
    "inbook": "chapter",
    "book": "book",
    "proceedings": "book",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "dataset": "dataset",
    "unpublished": "preprint",
    "online": "other",
}
_URL: Final = re.compile(r"\\url\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; field names in lower case, values as they are written, without their delimiters."""

    type: str
    key: str
    fields: dict[str, str]


def looks_like(text: str) -> bool:
    """Tell whether a text holds BibTeX."""
    return any(found[1].lower() in {*_KINDS, "misc"} for found in _START.finditer(text))


def read(text: str) -> list[Record]:
    """Return the record of each entry."""
    return [record_of(entry) for entry in entries(text)]


def entries(text: str) -> Iterator[Entry]:
    """Give the entries, comments and preambles left aside."""
    strings: dict[str, str] = {name: str(at) for at, name in enumerate(_MONTHS, 1)}
    place = 0
    while (found := _START.search(text, place)) is not None:
        kind, place = found[1].lower(), found.end()
        if kind in {"comment", "preamble"}:
            _value, place = _braced(text, found.end() - 1)
        elif kind == "string":
            fields, place = _fields(text, place, strings)
            strings.update(fields)
        else:
            key = re.compile(r"\s*([^\s,={}()\"]*)\s*,?").match(text, place)
            assert key is not None
            fields, place = _fields(text, key.end(), strings)
            yield Entry(kind, key[1], fields)


def _fields(text: str, place: int, strings: dict[str, str]) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while (found := _FIELD.match(text, place)) is not None:
        value, place = _joined(text, found.end(), strings)
        fields.setdefault(found[1].lower(), value)
    return fields, place


def _joined(text: str, place: int, strings: dict[str, str]) -> tuple[str, int]:
    parts: list[str] = []
    while True:
        part, place = _part(text, place, strings)
        parts.append(part)
        more = re.compile(r"\s*#\s*").match(text, place)
        if more is None:
            return "".join(parts), place
        place = more.end()


def _part(text: str, place: int, strings: dict[str, str]) -> tuple[str, int]:
    if text[place : place + 1] == "{":
        return _braced(text, place)
    if text[place : place + 1] == '"':
        return _quoted(text, place)
    found = re.compile(r"[^\s,#{}()\"=]*").match(text, place)
    assert found is not None
    return strings.get(found[0].lower(), found[0]), found.end()


def _braced(text: str, place: int) -> tuple[str, int]:
    """Return what stands between a brace (or parenthesis) and the one that closes it."""
    closing = {"{": "}", "(": ")"}[text[place]]
    depth, at = 0, place
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 2
            continue
        depth += (char == text[place]) - (char == closing)
        at += 1
        if depth == 0:
            return text[place + 1 : at - 1], at
    return text[place + 1 :], len(text)


def _quoted(text: str, place: int) -> tuple[str, int]:
    depth, at = 0, place + 1
    while at < len(text):
        char = text[at]
        if char == '"' and depth == 0:
            return text[place + 1 : at], at + 1
        depth += (char == "{") - (char == "}")
        at += 2 if char == "\\" and text[at + 1 : at + 2] != '"' else 1
    return text[place + 1 :], len(text)


def record_of(entry: Entry) -> Record:
    """Return what an entry says."""
    fields = entry.fields
    arxiv = identifiers.arxiv_of(fields.get("eprint")) or _arxiv_in(fields)
    kind = _KINDS.get(entry.type, "preprint" if arxiv else "other")
    year = year_of(_plain(fields.get("year")) or _plain(fields.get("date")))
    date = date_of(_plain(fields.get("date"))) or date_from(year, _month(fields.get("month")))
    link = _URL.sub(r"\1", fields.get("url") or fields.get("howpublished") or "")
    venue = next(
        (fields[name] for name in ("journal", "journaltitle", "booktitle", "school", "institution") if name in fields),
        None,
    )
    pages = _plain(fields.get("pages"))
    return Record(
        sources=(),
        title=without_markup(_plain(fields.get("title"))),
        subtitle=_plain(fields.get("subtitle")),
        authors=authors_of(fields.get("author", "")),
        year=year,
        date=date or (str(year) if year else None),
        kind=kind,
        venue=_plain(venue),
        abstract=_plain(fields.get("abstract")),
        language=_plain(fields.get("language")),
        link=address(link.replace("\\", "")),
        identifiers=Identifiers(
            doi=identifiers.doi_of((fields.get("doi") or "").replace("\\", "")) or _doi_in(link.replace("\\", "")),
            arxiv=arxiv,
            hal=identifiers.hal_of(fields.get("hal_id", "").replace("\\", "")),
            pmid=identifiers.pmid_of(fields.get("pmid")),
            pmcid=identifiers.pmcid_of(fields.get("pmcid")),
        ),
        printed=Printed(
            volume=_plain(fields.get("volume")),
            issue=_plain(fields.get("number")) or _plain(fields.get("issue")),
            pages=re.sub(r"\s*[-–—]+\s*", "-", pages) if pages else None,
            publisher=_plain(fields.get("publisher")),
            issn=_plain(fields.get("issn")),
            isbn=_plain(fields.get("isbn")),
        ),
    )


def authors_of(written: str) -> tuple[Author, ...]:
    """Read `A and B and others`: `Family, Given`, `von Family, Jr, Given`, or `Given Family`."""
    found: list[Author] = []
    for one in _names(written):
        if one.lower() in {"others", "et al.", "et al"}:
            continue
        whole = one.startswith("{") and _braced(one, 0)[1] == len(one)
        parts = [_plain(part) or "" for part in _outside(one, ",")]
        if whole or not parts[0]:
            name = _plain(one)
            found += [Author(name)] if name else []
        elif len(parts) == 1:
            found.append(_given_first(parts[0]))
        else:
            family, given = parts[0], parts[-1]
            found.append(Author(f"{given} {family}".strip(), family, given or None))
    return tuple(found)


def _given_first(name: str) -> Author:
    """Part `Given von Family` where words in lower case begin the family name; leave the others whole."""
    words = name.split()
    small = next((at for at, word in enumerate(words) if at and word[:1].islower()), None)
    if small is None or small == len(words) - 1:
        return Author(name)
    return Author(name, " ".join(words[small:]), " ".join(words[:small]))


def _names(written: str) -> Iterator[str]:
    flat = " ".join(written.split())
    depth, start = 0, 0
    for found in re.finditer(r"\\.|[{}]| and (?=\S)", flat, re.IGNORECASE):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif depth == 0 and found[0].lower() == " and ":
            yield flat[start : found.start()].strip()
            start = found.end()
    if flat[start:].strip():
        yield flat[start:].strip()


def _outside(text: str, mark: str) -> list[str]:
    """Split at a mark that stands outside braces."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if char == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]


def _plain(value: str | None) -> str | None:
    if value is None:
        return None
    read = value.replace(r"\textbackslash{}", "\ue003").replace(r"\textasciitilde{}", "\ue004")
    read = read.replace(r"\textasciicircum{}", "\ue005").replace("~", " ")
    read = without_latex(read).replace("\ue003", "\\").replace("\ue004", "~").replace("\ue005", "^")
    return " ".join(read.split()) or None


def _month(written: str | None) -> str | None:
    plain = (_plain(written) or "").lower()
    if plain[:3] in _MONTHS:
        return str(_MONTHS.index(plain[:3]) + 1)
    return plain if plain.isdigit() else None


def _doi_in(link: str) -> str | None:
    return identifiers.doi_of(link) if "doi.org/" in link else None


def _arxiv_in(fields: dict[str, str]) -> str | None:
    for name in ("journal", "url", "note", "howpublished", "doi"):
        found = re.search(
            r"arxiv(?::|\.org/abs/| preprint arxiv:)\s*(\d{4}\.\d{4,5})", fields.get(name, ""), re.IGNORECASE
        )
        if found:
            return found[1]
    return identifiers.arxiv_of(fields.get("doi"))
