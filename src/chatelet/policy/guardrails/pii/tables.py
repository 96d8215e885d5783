"""Tables in a text (CSV, Markdown, tabs): what a column is called tells what is in its cells."""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.pii.naming import PERSON
from chatelet.policy.guardrails.reading import Reading, fold
from chatelet.policy.guardrails.spans import Span

_WORDS: Final = frozenset(
    "nom noms prenom prenoms name names naissance naiss birth birthdate birthday ddn dob ne nee"
    " patient patiente agent firstname lastname fullname".split()
)
_MAY_BE: Final = re.compile(r"[;|\t]|,(?! |\d)")
_HEADER: Final = re.compile(
    r"^[^\n]{0,200}(?:[Nn][Oo][Mm]|[Nn]ame|NAME|[Nn]aiss|NAISS|birth|DDN|DOB|N[ée]\(e\)|[Pp]atient"
    r"|[Aa]gent)[^\n]{0,300}$",
    re.MULTILINE,
)
_NAMES: Final = re.compile(
    r"(?:pre)?noms?(?: et prenoms?| de (?:famille|naissance)| d'usage|[ _]\w{2,10})?|prenom[ _,/]?nom"
    r"|nom[ _,/]+prenom|(?:first|last|full|family|given|sur)?[ _]?name"
    r"|patiente?|agent|salariee?|eleve|etudiant|responsable|beneficiaire|titulaire|assure|client|contact|employee"
)
_BIRTHS: Final = re.compile(
    r".{0,12}naiss.{0,12}|ddn|d\.?o\.?b\.?|.{0,8}birth.{0,8}|nee?(?:\(e\))? ?(?:le)?|ne\(e\) ?(?:le)?"
)
_DATE: Final = re.compile(
    r"\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2,4}|\d{4}[/.-]\d\d[/.-]\d\d|\d{1,2}(?:er)? [^\W\d]{3,9}\.? \d{4}|\d{8}"
)
_PERSON: Final = re.compile(PERSON)
_RULE: Final = re.compile(r"[\s|:+=-]+")
_MOST: Final = 400  # rows


def find_in_tables(reading: Reading) -> Iterator[Span]:
    """Give the names and dates of birth in the columns that say so."""
    text = reading.text
    if reading.words.isdisjoint(_WORDS) or not _MAY_BE.search(text):
        return
    end = 0
    for header in _HEADER.finditer(text):
        separator = next((mark for mark in (";", "|", "\t", ",") if header[0].count(mark) >= 1), None)
        if header.start() < end or separator is None:
            continue
        types = [_type_of(cell) for cell in header[0].split(separator)]
        if len(types) < 2 or not any(types):
            continue
        end = header.end()
        for _ in range(_MOST):
            start, end = end + 1, text.find("\n", end + 1)
            row = text[start:] if end < 0 else text[start:end]
            if row.count(separator) != len(types) - 1:
                end = start - 1
                break
            if not _RULE.fullmatch(row):
                yield from _cells(row, start, separator, types)
            if end < 0:
                return


def _type_of(cell: str) -> str:
    name = fold(cell).strip(" \"'*")
    if _NAMES.fullmatch(name):
        return "name"
    return "birth_date" if _BIRTHS.fullmatch(name) else ""


def _cells(row: str, start: int, separator: str, types: list[str]) -> Iterator[Span]:
    for sort, cell in zip(types, row.split(separator), strict=True):
        value = cell.strip(" \"'*\r")
        form = _PERSON if sort == "name" else _DATE
        if sort and form.fullmatch(value):
            place = start + cell.index(value)
            yield Span(place, place + len(value), sort)
        start += len(cell) + 1
