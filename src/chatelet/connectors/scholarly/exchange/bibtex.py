r"""Writes BibTeX (btxdoc), in UTF-8: biber, Zotero and recent BibTeX read it as it is; what TeX acts on is escaped.

A title stands between two braces so that no style changes its capitals. Formulas between `$` stay as they are.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from chatelet.connectors.scholarly.exchange.keys import keys_of
from chatelet.connectors.scholarly.formulas import SMALL
from chatelet.connectors.scholarly.record import Author, Kind, Record

_TYPES: Final[dict[Kind | None, str]] = {
    "article": "article",
    "review": "article",
    "preprint": "misc",
    "conference": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
    "notice": "article",
}
_VENUES: Final = {
    "article": "journal",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "phdthesis": "school",
    "techreport": "institution",
    "misc": "howpublished",
}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_KEY: Final = re.compile(r"[\w:.+/-]{1,200}")
_SMALL: Final = re.compile(
    "|".join(
        f"[{''.join(char for char, (one, _) in SMALL.items() if one == command)}]+"
        for command in ("textsubscript", "textsuperscript")
    )
)
_MATH: Final = re.compile(r"(\$[^$\n]+\$)")


def write(records: Sequence[Record], keys: Sequence[str | None] = ()) -> str:
    """Return the entries; `keys` are those that a draft already calls them by, one a record."""
    made = keys_of(records)
    given = [key if key and _KEY.fullmatch(key) else None for key in keys] or [None] * len(made)
    named = [key or own for key, own in zip(given, made, strict=True)]
    return "\n".join(_entry(record, key) for record, key in zip(records, named, strict=True))


def escaped(text: str) -> str:
    """Return a text as TeX reads it, formulas left alone."""
    parts = _MATH.split(" ".join(text.split()))
    return "".join(_balanced(one) if at % 2 else _plain(one) for at, one in enumerate(parts))


def _plain(text: str) -> str:
    return _SMALL.sub(_large, "".join(_ESCAPES.get(char, char) for char in text))


def _large(found: re.Match[str]) -> str:
    """Return what TeX makes small itself: its fonts lack most of these characters."""
    [command] = {SMALL[char][0] for char in found[0]}
    return f"\\{command}{{{''.join(SMALL[char][1] for char in found[0])}}}"


def _balanced(formula: str) -> str:
    """Return a formula whose braces close, or its characters: one that does not close would swallow what follows."""
    depth = 0
    for char in re.sub(r"\\.", "", formula):
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return _plain(formula)
    return formula if depth == 0 and not formula.endswith("\\$") else _plain(formula)


def _entry(record: Record, key: str) -> str:
    kind = _TYPES.get(record.kind, "misc")
    lines = [f"  {name} = {value}," for name, value in _fields(record, kind)]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _fields(record: Record, kind: str) -> Iterable[tuple[str, str]]:
    if record.title:
        yield "title", f"{{{{{escaped(record.title)}}}}}"
    if record.authors:
        yield "author", "{" + " and ".join(map(_name, record.authors)) + "}"
    if record.year:
        yield "year", f"{{{record.year}}}"
    if record.date and len(record.date) >= 7:
        yield "month", _MONTHS[int(record.date[5:7]) - 1]
    printed = record.printed
    pages = printed.pages.replace("–", "-").replace("--", "-").replace("-", "--") if printed.pages else None
    others = {
        _VENUES.get(kind, "note"): record.venue,
        "volume": printed.volume,
        "number": printed.issue,
        "pages": pages,
        "publisher": printed.publisher,
        "issn": printed.issn,
        "isbn": printed.isbn,
        "abstract": record.abstract,
        "language": record.language,
    }
    for name, value in others.items():
        if value:
            yield name, f"{{{escaped(value)}}}"
    yield from _identifiers(record)
    if record.is_retracted:
        yield "annote", "{Retracted}"


def _identifiers(record: Record) -> Iterable[tuple[str, str]]:
    known = record.identifiers
    if known.doi:
        yield "doi", f"{{{_address(known.doi)}}}"
    if known.arxiv:
        yield "eprint", f"{{{known.arxiv}}}"
        yield "archiveprefix", "{arXiv}"
    for name, value in (("hal_id", known.hal), ("pmid", known.pmid), ("pmcid", known.pmcid)):
        if value:
            yield name, f"{{{escaped(value)}}}"
    if record.link:
        yield "url", f"{{{_address(record.link)}}}"


def _address(value: str) -> str:
    """Return an address: its fields are read verbatim, so only braces that do not close are in the way."""
    return value.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _name(author: Author) -> str:
    if author.family is None:
        words = escaped(author.name)
        return f"{{{words}}}" if " " not in words or "," in words or " and " in f" {words} ".lower() else words
    family, given = escaped(author.family), escaped(author.given or "")
    protected = f"{{{family}}}" if "," in family or " and " in f" {family} ".lower() else family
    return f"{protected}, {given.replace(',', '')}" if given else f"{{{family}}}"
