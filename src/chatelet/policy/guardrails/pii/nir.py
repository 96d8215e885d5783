"""The French social security number (NIR): 13 digits and a key of two, Corsica by letters.

Form: sex, year, month, department, commune, order, key = 97 - (number mod 97), 2A counting as 19 and 2B as 18 (INSEE).
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.spans import Span

_GAP: Final = r"[ .\-\u00a0\u202f\u2009]?"
_NUMBER: Final = re.compile(
    rf"(?<![\w.,/-])[1-478]{_GAP}\d\d{_GAP}(?:0[1-9]|1[0-2]|[2-4]\d|5\d|[6-9]\d){_GAP}(?:\d\d|2[ABab]){_GAP}\d{{3}}{_GAP}"
    rf"\d{{3}}(?:{_GAP}[/(]?{_GAP}(?P<key>\d\d)\)?)?(?![\w])(?!{_GAP}\d)"
)


def find_nirs(text: str) -> Iterator[Span]:
    """Give the numbers whose key is right."""
    for found in _NUMBER.finditer(text):
        key = found["key"]
        if key and key_of(found[0][: found.start("key") - found.start()]) == int(key):
            yield Span(found.start(), found.end(), "nir")


def key_of(number: str) -> int:
    """Return the key of 13 characters, whatever separates them."""
    plain = "".join(char for char in number.upper() if char.isalnum())
    corsica = plain[5:7] in {"2A", "2B"}
    digits = plain[:5] + {"2A": "19", "2B": "18"}[plain[5:7]] + plain[7:] if corsica else plain
    return 97 - int(digits) % 97
