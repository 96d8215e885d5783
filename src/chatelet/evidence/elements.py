"""What can be checked in a sentence without understanding it: figures, dates, references, names, content words.

Each is brought to one form, so that "1 250,50 €" is in "1.250,50 euros" and "le 18 juin 2023" in "June 18, 2023".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from chatelet.kernel.text import fold

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "january", "janv", "jan"),
            ("fevrier", "february", "fevr", "feb"),
            ("mars", "march"),
            ("avril", "april", "avr", "apr"),
            ("mai", "may"),
            ("juin", "june"),
            ("juillet", "july", "juil"),
            ("aout", "august", "aug"),
            ("septembre", "september", "sept", "sep"),
            ("octobre", "october", "oct"),
            ("novembre", "november", "nov"),
            ("decembre", "december", "dec"),
        ),
        1,
    )
    for name in names
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FIRST: Final = re.compile(rf"\b(\d{{1,2}})(?:er|st|nd|rd|th)?\s+({_MONTH})\.?\s+(\d{{4}})\b")
_MONTH_FIRST: Final = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b")
_MONTH_YEAR: Final = re.compile(rf"\b({_MONTH})\.?\s+(\d{{4}})\b")
_SLASHED: Final = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_ISO: Final = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMBER: Final = re.compile(r"(?<![\w])\d+(?:[ \u202f\u00a0.,']\d+)*")
_REFERENCE: Final = re.compile(
    r"\b(?=[A-Za-z\-./*]{0,12}\d)[A-Za-z]{1,8}[.*]{0,2}[ \u202f\u00a0]?\d[\d\-./]*[A-Za-z0-9]*\b|\b\d+(?:-\d+)+\b"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL_FRENCH: Final = frozenset(
    "le la les un une des du de et est sont au aux en dans pour par sur avec que qui ce".split()
)
_SMALL_ENGLISH: Final = frozenset(
    "the of to in is are was were be and or for with that this these which it by as".split()
)
_BESIDE: Final = re.compile(r"(?<!\d)[.,](?!\d)|(?<=\d)[.,](?=\s)|[;:()]|\b(?:et|contre|soit|and|against|versus)\b")
_STEM: Final = 6
_COMMON: Final = frozenset(
    (
        "le la les un une des du de et est sont etait etaient a au aux en dans pour par sur avec que qui quoi dont ou "
        "ce cet cette ces ne pas plus il elle ils elles on nous vous leur leurs son sa ses se y si mais donc car comme "
        "tout tous toute toutes aussi ainsi selon afin entre apres avant depuis lors sans sous vers chez etre avoir "
        "ont ete eu sera seront avait avaient aura auront "
        "fait faire peut peuvent doit doivent meme autre autres plusieurs tres bien deux trois notamment egalement "
        "document documents passage passages texte reponse question the of to in is are was were be and or for on "
        "with that this these those which who an it its by at as from not has have had can may must should their there "
        "they he she you we also more most other such than then when where while into about between after before all "
        "any each one two three document passage text answer according"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Elements:
    """What a text holds, each in its one form. `dates` are (year, month, day or 0); `words` are folded stems."""

    figures: frozenset[str]
    dates: frozenset[tuple[int, int, int]]
    references: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]


def together(many: Iterable[Elements]) -> Elements:
    """Return what several texts hold between them."""
    joined = Elements(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())
    for one in many:
        joined = Elements(
            joined.figures | one.figures,
            joined.dates | one.dates,
            joined.references | one.references,
            joined.names | one.names,
            joined.words | one.words,
        )
    return joined


def elements_of(text: str) -> Elements:
    """Return what `text` holds."""
    folded = fold(text)
    dates, rest = _dates(folded)
    references = frozenset(_plain(found[0]) for found in _REFERENCE.finditer(rest))
    return Elements(
        figures=frozenset(_figure(found[0]) for found in _NUMBER.finditer(_REFERENCE.sub(" ", rest))),
        dates=dates,
        references=references,
        names=_names(text),
        words=frozenset(stem for word in _WORD.findall(folded) if (stem := _stem(word))),
    )


def _dates(folded: str) -> tuple[frozenset[tuple[int, int, int]], str]:
    """Return the dates of a folded text, and the text without them."""
    dates: set[tuple[int, int, int]] = set()

    def day_first(found: re.Match[str]) -> str:
        dates.add((int(found[3]), _MONTHS[found[2]], int(found[1])))
        return " "

    def month_first(found: re.Match[str]) -> str:
        dates.add((int(found[3]), _MONTHS[found[1]], int(found[2])))
        return " "

    def month_year(found: re.Match[str]) -> str:
        dates.add((int(found[2]), _MONTHS[found[1]], 0))
        return " "

    def slashed(found: re.Match[str]) -> str:
        dates.add((int(found[3]), int(found[2]), int(found[1])))
        return " "

    def iso(found: re.Match[str]) -> str:
        dates.add((int(found[1]), int(found[2]), int(found[3])))
        return " "

    forms = ((_DAY_FIRST, day_first), (_MONTH_FIRST, month_first), (_ISO, iso), (_SLASHED, slashed))
    for pattern, note in (*forms, (_MONTH_YEAR, month_year)):
        folded = pattern.sub(note, folded)
    return frozenset(dates), folded


def _figure(written: str) -> str:
    """Bring a number to one form: no mark of thousands, a point before decimals, no useless zero."""
    groups = re.split(r"[ \u202f\u00a0.,']", written)
    marks = re.findall(r"[ \u202f\u00a0.,']", written)
    thousands = all(len(group) == 3 for group in groups[1:])
    last_is_decimal = marks and marks[-1] in ".," and (not thousands or len(set(marks)) > 1 or len(groups[0]) > 3)
    whole = "".join(groups[:-1] if last_is_decimal else groups).lstrip("0") or "0"
    decimals = groups[-1].rstrip("0") if last_is_decimal else ""
    return f"{whole}.{decimals}" if decimals else whole


def _plain(written: str) -> str:
    return re.sub(r"[^a-z0-9]", "", written)


def _names(text: str) -> frozenset[str]:
    """Return the capitalised words that are not so because they begin a sentence."""
    names: set[str] = set()
    for found in _WORD.finditer(text):
        word = found[0].rsplit("'", 1)[-1].rsplit("’", 1)[-1]
        before = text[: found.start()].rstrip(' *_«“"(\u202f\u00a0')
        begins = not before or before[-1] in ".!?…:\n#-|>"
        if word[0].isupper() and not begins and len(word) > 2:
            names.add(fold(word))
    return frozenset(names)


def _stem(word: str) -> str:
    """Return what two forms of a content word share; nothing of a word that carries no meaning."""
    bare = word.rsplit("'", 1)[-1]
    return "" if len(bare) <= 2 or bare in _COMMON else bare[:_STEM]


def figures_said_of(text: str) -> list[tuple[str, frozenset[str]]]:
    """Return each figure of a text with the content words that stand beside it: those of its own short clause."""
    found: list[tuple[str, frozenset[str]]] = []
    for clause in _BESIDE.split(fold(text)):
        held = elements_of(clause)
        found += [(figure, held.words) for figure in held.figures]
    return found


def tongue_of(text: str) -> str:
    """Return "fr" or "en" when the small words of a text settle it, else nothing."""
    words = _WORD.findall(fold(text))
    french, english = (sum(word in small for word in words) for small in (_SMALL_FRENCH, _SMALL_ENGLISH))
    if french >= 2 and french > 2 * english:
        return "fr"
    return "en" if english >= 2 and english > 2 * french else ""
