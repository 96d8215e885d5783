"""Dates of birth, all moved by the same number of days: ages still compare. Written as the date they replace.

A date is known by its day, whatever the way it is written; each way has its own for the moved one.
"""

import re
from datetime import date
from typing import Final

from chatelet.policy.guardrails.reading import fold

_MONTHS: Final = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_BY_NAME: Final = {fold(name)[:4]: place for names in _MONTHS.values() for place, name in enumerate(names, 1)}
_BY_THREE: Final = {"jan": 1, "fev": 2, "feb": 2, "mar": 3, "apr": 4, "avr": 4, "jun": 6, "aug": 8, "sep": 9}
_BY_THREE_TOO: Final = {"oct": 10, "nov": 11, "dec": 12, "mai": 5, "may": 5}
_NUMBERS: Final = re.compile(r"(\d{1,4}) ?[/.\- ] ?(\d{1,2}) ?[/.\- ] ?(\d{2,4})")
_WORDS: Final = re.compile(
    r"(?:(\d{1,2})(?:er|st|nd|rd|th)?(?: of)?[ -]{0,3})?([a-z]{3,9})\.?(?:[ ,-]{0,3}(\d{1,2}))??"
)
_YEAR: Final = re.compile(r"\d{4}$|\d{2}$")
_TURN: Final = 30  # two digits up to this are of the 2000s


def read(written: str) -> date | None:
    """Return the day that a date says; None when it cannot be told."""
    folded = " ".join(fold(written).split())
    try:
        if any(char.isalpha() for char in folded):
            return _of_words(folded)
        if folded.isdigit() and len(folded) == 8:
            year_first = folded.startswith(("19", "20")) and folded[4:6] <= "12"
            year, month, day = (
                (folded[:4], folded[4:6], folded[6:]) if year_first else (folded[4:], folded[2:4], folded[:2])
            )
            return date(int(year), int(month), int(day))
        return _of_numbers(folded)
    except ValueError:
        return None


def _of_numbers(folded: str) -> date | None:
    found = _NUMBERS.fullmatch(folded)
    if found is None:
        return None
    first, month, last = found.groups()
    year, day = (first, last) if len(first) == 4 else (last, first)
    if int(month) > 12:
        day, month = month, day
    return date(_year(year), int(month), int(day))


def _of_words(folded: str) -> date | None:
    year = _YEAR.search(folded)
    rest = folded[: year.start()].strip(" ,-") if year else ""
    found = _WORDS.fullmatch(rest)
    if year is None or found is None or not (found[1] or found[3]):
        return None
    name = found[2]
    month = _BY_NAME.get(name[:4]) or _BY_THREE.get(name[:3]) or _BY_THREE_TOO.get(name[:3])
    return date(_year(year[0]), month, int(found[1] or found[3])) if month else None


def _year(written: str) -> int:
    year = int(written)
    return year if year > 99 else year + (2000 if year <= _TURN else 1900)


def forms(day: date) -> list[tuple[str, bool]]:
    """Return every way to write a day, in one order; True for those of digits alone, whatever stands between."""
    french, english = _MONTHS["fr"][day.month - 1], _MONTHS["en"][day.month - 1]
    first = "1er" if day.day == 1 else str(day.day)
    return [
        (f"{day:%d%m%Y}", True),
        (f"{day:%Y%m%d}", True),
        (f"{day.day}/{day.month}/{day.year}", False),
        (f"{day.day}-{day.month}-{day.year}", False),
        (f"{day.day}.{day.month}.{day.year}", False),
        (f"{day.day} {day.month} {day.year}", False),
        (f"{day:%d/%m/%y}", False),
        (f"{day:%d.%m.%y}", False),
        (f"{day:%d-%m-%y}", False),
        (f"{day:%d %m %y}", False),
        (f"{first} {french} {day.year}", False),
        (f"{day.day} {french} {day.year}", False),
        (f"{day.day} {english} {day.year}", False),
        (f"{english} {day.day}, {day.year}", False),
        (f"{english} {day.day} {day.year}", False),
        (f"{day.day} {english[:3]} {day.year}", False),
    ]
