"""Figures, times, dates and units of a text, compared with those of its translation whatever each language writes.

1 234,5 (fr) = 1,234.5 (en) = 1.234,5 (de) · 14 h 30 = 2:30 pm · 03/04 = 3 April · « trois » = 3 · 12 % = 12 percent
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from chatelet.kernel.text import fold

_TIME: Final = re.compile(
    r"(?<![\d.,])(?P<hour>[01]?\d|2[0-4])(?:\s?[hH](?:\s?(?P<h_minutes>[0-5]\d)\b|(?![\w]))"
    r"|:(?P<minutes>[0-5]\d)(?:\s?(?P<half>[aApP])\.?[mM]\b\.?)?(?!\d|:)|\s?(?P<alone>[aApP])\.?[mM]\b\.?)"
)
_NUMBER: Final = re.compile(r"\d{1,3}(?:[ \u00a0\u202f'’.,]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*")
_MARKS: Final = re.compile(r"[ \u00a0\u202f'’]")
_UNITS: Final = (
    ("%", r"%|pour cent|per ?cent|percent|prozent|por ciento"),
    ("€", r"€|EUR\b|euros?\b"),
    ("$", r"\$|USD\b|dollars?\b"),
    ("£", r"£|GBP\b|livres? sterling|pounds?\b"),
    ("k€", r"k€|EUR ?k|kEUR|€ ?k\b|thousand euros|milliers d.euros"),
    ("°C", r"°\s?C\b|degr[ée]s? Celsius|degrees? Celsius"),
    ("million", r"millions?\b|M€|million(?:en)?\b|millones|m\b"),
    ("billion", r"milliards?\b|Mds?\b|billions?\b|bn\b|Md€"),
    ("km", r"km\b|kilom[èe]tres?|kilomet(?:er|re)s?"),
    ("kg", r"kg\b|kilos?\b|kilogram(?:me)?s?"),
    ("kWh", r"[kMGT]Wh\b"),
    ("m²", r"m²|m2\b|square met(?:er|re)s?|mètres carrés|sq\.? ?m\b"),
    ("octet", r"[kKMGT]?o\b|[kKMGT]i?B\b|octets?|bytes?"),
)
_UNIT: Final = {name: re.compile(words, re.IGNORECASE) for name, words in _UNITS}
_UNIT_BEFORE: Final = {name: re.compile(rf"(?:{words})\s?\d", re.IGNORECASE) for name, words in _UNITS}
_ANY_UNIT: Final = re.compile("|".join(words for _, words in _UNITS), re.IGNORECASE)
# How the last word of a unit ends: what comes before a figure is most often none.
_ENDS: Final = tuple(
    "% cent prozent ciento € eur euro euros $ usd dollar dollars £ gbp sterling pound pounds k celsius c million "
    "millions millionen millones m milliard milliards md mds billion billions bn mètre mètres metre metres meter "
    "meters kg kilo kilos gram grams gramme grammes wh m² m2 carrés o b octet octets byte bytes".split()
)
_WORD_AFTER: Final = re.compile(r"\d[\s\u00a0\u202f-]*(?=[^\W\d_]|[%€$£°])")  # where a unit may follow a figure
_WORD_BEFORE: Final = re.compile(r"(?<=[^\s\d])\s?\d|(?<=[mM]2)\s\d")  # where one may come before
_LONGEST_UNIT: Final = 24  # characters
_MAY_TIME: Final = re.compile(r"\d\s?[hH:aApP]")
_DIGIT: Final = re.compile(r"\d")
_SAID: Final = {
    0: "zero aucun no none",
    1: "un une premier premiere 1er one first once single a an une fois",
    2: "deux deuxieme second seconde two twice both double",
    3: "trois troisieme three third",
    4: "quatre quatrieme four fourth",
    5: "cinq cinquieme five fifth",
    6: "six sixieme sixth",
    7: "sept septieme seven seventh",
    8: "huit huitieme eight eighth",
    9: "neuf neuvieme nine ninth",
    10: "dix dixieme ten tenth",
    11: "onze eleven",
    12: "douze douzaine twelve dozen",
    20: "vingt twenty",
    100: "cent hundred",
    1000: "mille thousand",
}
_MONTHS: Final = (
    *("janvier january jan", "fevrier february feb", "mars march mar", "avril april apr", "mai may", "juin june jun"),
    *("juillet july jul", "aout august aug", "septembre september sept sep", "octobre october oct"),
    *("novembre november nov", "decembre december dec"),
)
_WORDS: Final = {word: str(value) for value, words in _SAID.items() for word in words.split()}
_MONTH_WORDS: Final = {word: str(number) for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_ROMAN: Final = re.compile(r"\b[IVXLC]{1,7}(?:e|er|ème|th)?\b")


class Figure(NamedTuple):
    """A figure as written, and all the values that it may have: "1,234" is 1234 to one reader, 1.234 to another."""

    written: str
    values: frozenset[str]


class Compared(NamedTuple):
    """What a translation lacks, and what it has more."""

    checked: int
    missing: tuple[str, ...]
    added: tuple[str, ...]
    units: tuple[str, ...]


def figures_of(text: str) -> list[Figure]:
    """Return the figures of a text, in order."""
    return list(_figures(text))


def compare(source: str, written: str) -> Compared:
    """Compare the figures of a text with those of what was written of it."""
    wanted, given = figures_of(source), figures_of(written)
    if not wanted and not given:
        return Compared(0, (), (), ())
    said = _said(written)
    missing: list[str] = []
    left = list(given)
    for figure in wanted:
        found = next((one for one in left if one.values & figure.values), None)
        if found is not None:
            left.remove(found)
        elif not figure.values & said:
            missing.append(figure.written)
    if missing:
        missing, left = _joined(missing, left)
    added: list[str] = []
    if left and not _ROMAN.search(source):
        said_before = _said(source)
        added = [one.written for one in left if not one.values & said_before]
    units = [name for name in _units(source) if _UNIT[name].search(written) is None]
    return Compared(len(wanted), tuple(missing), tuple(added), tuple(units))


def _units(text: str) -> list[str]:
    """Return the units that stand beside a figure: looked for there, not everywhere."""
    found: set[str] = set()
    for match in _WORD_AFTER.finditer(text):
        if _ANY_UNIT.match(text, match.end()):
            found |= {name for name, unit in _UNIT.items() if unit.match(text, match.end())}
    for match in _WORD_BEFORE.finditer(text):
        around = text[max(0, match.start() - _LONGEST_UNIT) : match.end()]
        if around[:-1].rstrip().casefold().endswith(_ENDS):
            found |= {name for name, unit in _UNIT_BEFORE.items() if unit.search(around)}
    return [name for name, _ in _UNITS if name in found]


def _joined(missing: list[str], left: list[Figure]) -> tuple[list[str], list[Figure]]:
    """Forgive what one language writes in one figure and the other in two: the digits are the same, in order."""
    if len(missing) == len(left):
        return missing, left  # 12,5 is not 125
    before = "".join(re.findall(r"\d", "".join(missing)))
    after = "".join(re.findall(r"\d", "".join(one.written for one in left)))
    return ([], []) if before and before == after else (missing, left)


def _figures(text: str) -> Iterator[Figure]:
    if _MAY_TIME.search(text) is None:
        if _DIGIT.search(text):
            yield from _numbers(text)
        return
    place = 0
    for match in _TIME.finditer(text):
        yield from _numbers(text[place : match.start()])
        yield _time(match)
        place = match.end()
    yield from _numbers(text[place:])


def _numbers(text: str) -> Iterator[Figure]:
    for written in _NUMBER.findall(text):
        is_whole = written.isdecimal()
        yield Figure(written, frozenset((written.lstrip("0") or "0",)) if is_whole else frozenset(_values(written)))


def _time(match: re.Match[str]) -> Figure:
    hour = int(match["hour"])
    minutes = int(match["h_minutes"] or match["minutes"] or 0)
    values = {f"t{hour * 60 + minutes}", f"t{(hour * 60 + minutes) % 720}"}
    half = match["half"] or match["alone"]
    if half:
        values = {f"t{(hour % 12 + (12 if half in 'pP' else 0)) * 60 + minutes}"}
        values |= {f"t{int(next(iter(values))[1:]) % 720}"}
    if not minutes and not half:
        values.add(str(hour))
    return Figure(match[0].strip(), frozenset(values))


def _values(written: str) -> Iterator[str]:
    """Yield what a figure may be worth; a version or a reference (1.2.3) is worth itself."""
    bare = _MARKS.sub("", written)
    marks = re.findall(r"[.,]", bare)
    if not marks:
        yield bare.lstrip("0") or "0"
        return
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        whole, _, decimals = bare.rpartition(marks[-1])
        yield _decimal(re.sub(r"[.,]", "", whole), decimals)
        return
    grouped = all(len(group) == 3 for group in re.split(r"[.,]", bare)[1:])
    if grouped:
        yield re.sub(r"[.,]", "", bare).lstrip("0") or "0"
    if len(marks) == 1:
        whole, _, decimals = bare.partition(marks[0])
        yield _decimal(whole, decimals)
    elif not grouped:
        yield bare


def _decimal(whole: str, decimals: str) -> str:
    kept = decimals.rstrip("0")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{kept}" if kept else whole


def _said(text: str) -> set[str]:
    """Return the figures that a text says in words (small numbers, months)."""
    words = set(re.findall(r"\w+", fold(text)))
    return {_WORDS[word] for word in words if word in _WORDS} | {
        _MONTH_WORDS[word] for word in words if word in _MONTH_WORDS
    }
