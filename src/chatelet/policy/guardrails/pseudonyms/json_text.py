r"""JSON whose names are replaced: texts inside it on the way out, whole; on the way back, as a stream that stays JSON.

A model may write « \u00c9lodie » for « Élodie », and « \nÉlodie » is no word that begins with an n: escapes are read
before names are looked for, and those that JSON needs are put back after.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from chatelet.policy.guardrails.pseudonyms.ledger import Ledger
from chatelet.policy.guardrails.pseudonyms.swapping import Known, Swap

_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[^u])", re.DOTALL)
_BEGUN: Final = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?\Z")
_APART: Final = {"n": "\ufdd0", "t": "\ufdd1", "r": "\ufdd2", "b": "\ufdd3", "f": "\ufdd4"}  # characters of no text
_AGAIN: Final = str.maketrans({apart: f"\\{letter}" for letter, apart in _APART.items()})
_PLAIN: Final = 0xA0  # from here on, a letter needs no escape


class Letters:
    """Feed it JSON in pieces: escaped letters come back as letters, and ends of lines as what `as_json` gives back."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> str:
        """Return what is now certain. On the per-token path."""
        if not self._held and "\\" not in piece:
            return piece
        text = self._held + piece
        place = 0
        for escape in _ESCAPE.finditer(text):
            place = escape.end()
        begun = _BEGUN.search(text, place)
        cut = begun.start() if begun else len(text)
        self._held = text[cut:]
        return _ESCAPE.sub(_letter, text[:cut])

    def flush(self) -> str:
        """Return what was held back."""
        held, self._held = self._held, ""
        return held


def as_json(text: str) -> str:
    """Return what `Letters` gave, as JSON again."""
    return text.translate(_AGAIN) if not text.isascii() else text


def restorer(ledger: Ledger) -> Swap:
    """Return the machine that puts the originals back in JSON, escaped as a text of JSON is."""
    return Swap(Known(pair._replace(put=json.dumps(pair.put, ensure_ascii=False)[1:-1]) for pair in ledger.incoming()))


def texts_of(value: Any) -> Iterator[str]:
    """Give every text of a JSON value, names of fields too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():  # pyright: ignore[reportUnknownVariableType]
            yield str(name)  # pyright: ignore[reportUnknownArgumentType]
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:  # pyright: ignore[reportUnknownVariableType]
            yield from texts_of(inner)


def with_texts(value: Any, swap: Callable[[str], str]) -> Any:
    """Return a JSON value with each of its texts changed."""
    if isinstance(value, str):
        return swap(value)
    if isinstance(value, dict):
        return {swap(str(name)): with_texts(inner, swap) for name, inner in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, list):
        return [with_texts(inner, swap) for inner in value]  # pyright: ignore[reportUnknownVariableType]
    return value


def _letter(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else 0
    if not code:
        return _APART.get(escape[0][1], escape[0])
    return chr(code) if code >= _PLAIN and not 0xD800 <= code <= 0xDFFF else escape[0]
