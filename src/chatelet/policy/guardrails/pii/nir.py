"""The French social security number (NIR): 13 digits and a key of two, Corsica by letters.

Form: sex, year, month, department, commune, order, key = 97 - (number mod 97), 2A counting as 19 and 2B as 18 (INSEE).
Months beyond 12 and departments as letters exist; without its key the number needs to be announced.
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.spans import Span

_GAP: Final = r"[\s.\-_/]{0,2}"
_NUMBER: Final = re.compile(
    rf"[1-478](?<![\w,]\d)(?<!\d[.\-/]\d)(?:{_GAP}\d){{4}}{_GAP}(?:\d{_GAP}\d|2{_GAP}[ABab])(?:{_GAP}\d){{6}}"
    rf"(?P<key>(?:[\s.\-_/]{{0,2}}|\s?\(?[Cc]l[ée]f?\s?:?\s?|\s?\|\s?)\d\s?\d)?(?!\w)"
)
_MONTHS: Final = frozenset([*range(1, 13), *range(20, 43), *range(50, 100)])
_ANNOUNCED: Final = re.compile(
    r"\bN\.?I\.?R\b|s[ée]cu(?:rit[ée])?\b|\bINSEE\b|\bn°?\s?SS\b|\bNSS\b|\bnum(?:[ée]ro)?[\s_]?ss\b|\bassur[ée]"
    r"|vitale\b"
    r"|social[_ ]security|\bINS\b|\bimmatricul",
    re.IGNORECASE,
)


def find_nirs(text: str) -> Iterator[Span]:
    """Give the numbers whose key is right, and those of 13 characters that are announced."""
    for found in _NUMBER.finditer(text):
        key = found["key"]
        start, end = found.span()
        number = text[start : found.start("key")] if key else found[0]
        plain = "".join(char for char in number.upper() if char.isalnum())
        if int(plain[3:5]) not in _MONTHS or plain[5:7] == "00":
            continue
        if key:
            right = key_of(plain) == int("".join(char for char in key if char.isdigit()))
        else:
            right = _ANNOUNCED.search(text, max(0, start - 80), start) is not None
        if right:
            yield Span(start, end, "nir")


def key_of(number: str) -> int:
    """Return the key of 13 characters."""
    corsica = {"2A": "19", "2B": "18"}.get(number[5:7])
    return 97 - int(number[:5] + corsica + number[7:] if corsica else number) % 97
