"""Orders that are not seen, or not read as they are: hidden characters, letters apart, figures for letters, base64."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from typing import Final

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

# Tags not after a black flag (regional flags), runs of zero width, of selectors.
_HIDDEN: Final = re.compile(
    "(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0001-\U000e007f]{4,}|(?<=\U0001f3f4)[\U000e0020-\U000e007f]{9,}"
    "|[\u200b\u200c\u200d\u2060\u2061-\u2064\ufeff\u180e]{6,}|[\ufe00-\ufe0e\U000e0100-\U000e01ef]{4,}"
    "|[\u202a-\u202e\u2066-\u2069][^\n]{3,200}[\u202c\u2069]"
)
_MAY_HIDE: Final = re.compile("[\u200b-\u200d\u202a-\u202e\u2060-\u2069\ufe00-\ufe0e\ufeff\u180e\U000e0001-\U000e01ef]")
_RUN: Final = re.compile(r"(?<![a-z])(?:[a-z][ ._*-]{1,4}){12,200}[a-z](?![a-z])")
_APART: Final = re.compile(
    r"(?:ignor|disregard|forget|oubli|override)\w{0,14}?(?:all|tout|les|the|your|tes|previous"
    r"|precedent)\w{0,20}?(?:instruct|rule|consigne|regle|prompt|directi)\w{0,6}|systemprompt|promptsysteme|jailbreak"
)
_FIGURES: Final = re.compile(r"[a-z][01345@$7!][a-z]|[a-z][01345@$7!] |\b[013457@$!][a-z]{2}")
_LETTERS: Final = str.maketrans("013457@$!", "oieastasi")
_BASE64: Final = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/_-]{32,4000}={0,2}(?![A-Za-z0-9+/=])")
_MOST: Final = 8  # stretches that are decoded in a text

Orders = Callable[[str], list[Span]]


def find_hidden(reading: Reading) -> Iterator[Span]:
    """Give runs of characters that are not seen and mean nothing in writing."""
    if not reading.text.isascii() and _MAY_HIDE.search(reading.text):
        for found in _HIDDEN.finditer(reading.text):
            yield Span(found.start(), found.end(), "hidden_text")


def find_disguised(reading: Reading, orders: Orders) -> Iterator[Span]:
    """Give orders that `orders` finds once the letters are set right."""
    folded = reading.folded
    for run in _RUN.finditer(folded):
        letters = re.sub(r"[ ._*-]", "", run[0])
        if _APART.search(letters):
            yield Span(*reading.place(*run.span()), "instruction_override")
    if _FIGURES.search(folded):
        for span in orders(folded.translate(_LETTERS)):
            yield Span(*reading.place(span.start, span.end), span.type)
    for count, found in enumerate(_BASE64.finditer(reading.text)):
        if count >= _MOST:
            return
        said = _decoded(found[0])
        if said and orders(Reading(said).folded):
            yield Span(found.start(), found.end(), "encoded_order")


def _decoded(value: str) -> str:
    try:
        plain = value.rstrip("=").translate(str.maketrans("-_", "+/"))
        return base64.b64decode(plain[: len(plain) // 4 * 4], validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
