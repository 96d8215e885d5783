"""Compound identifiers: what is written with spaces, dots and dashes and means one thing.

`L. 1110-4`, `R*123-4`, `n° 2005-102`, `10.1000/xyz`, `978-2-07-036822-8`, `12 mars 2021`, an address: each is found
whole, in one form however it is written, and by its parts as well. A NOR number (`PRMG2311809S`) is a word already.
"""

import re
from collections.abc import Iterator
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier january",
            "fevrier february",
            "mars march",
            "avril april",
            "mai may",
            "juin june",
            "juillet july",
            "aout august",
            "septembre september",
            "octobre october",
            "novembre november",
            "decembre december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH: Final = "|".join(_MONTHS)
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_POSSIBLE: Final = re.compile(r"[\d@]")
_PATTERN: Final = re.compile(
    rf"""
    (?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | (?P<doi>\b10\.\d{{4,9}}/[^\s"<>,;]+[^\s"<>,;.)\]»])
    | (?P<isbn>\b97[89][\s-]?(?:\d[\s-]?){{9}}[\dx]\b)
    | (?P<iso>\b[12]\d{{3}}-[01]\d-[0-3]\d\b)
    | (?P<figures>\b[0-3]?\d[/.][01]?\d[/.][12]\d{{3}}\b)
    | (?P<day>\b[0-3]?\d)(?:er|st|nd|rd|th)?\s(?P<month>{_MONTH})\s(?P<year>[12]\d{{3}})\b
    | (?P<article>\b(?:lo|[lrda])\.?\s?\*?\s?\d{{1,4}}(?:-\d{{1,4}})+\b)
    | (?P<short>\bart(?:icles?|\.)?\s(?:lo|[lrda])\.?\s?\*?\s?\d{{1,4}}(?:-\d{{1,4}})*\b)
    | (?P<compound>\b\w*\d\w*(?:[-/.]\w*\d\w*)+\b)
    """,
    re.VERBOSE,
)


def compounds_of(folded: str) -> Iterator[tuple[int, str]]:
    """Yield where each identifier of a folded text begins, and its one form."""
    if not _POSSIBLE.search(folded):
        return
    for match in _PATTERN.finditer(folded.translate(_DASHES)):
        form = _form_of(match)
        if form is not None:
            yield match.start(), form


def _form_of(match: re.Match[str]) -> str | None:
    said = match[0]
    match match.lastgroup:
        case "isbn":
            digits = re.sub(r"[\s-]", "", said)
            return digits if len(digits) == 13 else None
        case "figures":
            day, month, year = re.split(r"[/.]", said)
            return _date(year, month, day)
        case "year":
            return _date(match["year"], str(_MONTHS[match["month"]]), match["day"])
        case "article":
            return re.sub(r"[\s.*]", "", said)
        case "short":
            return re.sub(r"[\s.*]", "", said[said.index(" ") :])
        case _:
            return said


def _date(year: str, month: str, day: str) -> str | None:
    if not 1 <= int(month) <= 12 or not 1 <= int(day) <= 31:
        return None
    return f"{year}-{int(month):02}-{int(day):02}"
