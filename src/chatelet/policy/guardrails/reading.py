"""A text as detectors read it: folded (no case, accents, look-alike letters), with the way back to the original.

Folding keeps one character for one character when it can, so that positions are those of the text; where a character
vanishes (zero width, combining accent) or becomes several (ligatures), a map of positions is made.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from functools import cached_property
from typing import Final

# Letters of other scripts that are drawn as Latin ones; what is written with them is compared through the same table.
_LOOKS: Final = dict(
    zip(
        "аеорсухіѕјԁһԛԝвкмнтгзАЕОРСУХІЅЈВКМНТΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοινρκτυχϲıɩƖｌ",
        "aeopcyxisjdhqwbkmhtr3aeopcyxisjbkmhtabezhikmnoptyxaoivpktuxciiil",
        strict=True,
    )
)
_PLAIN: Final = {
    **dict.fromkeys("’‘ʼ´`′", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("\xa0\u202f\u2007\u2009\u200a\u2002\u2003\u2005\u2006\u2008\u3000\t", " "),
    "…": ".",
    "œ": "œ",
    "Œ": "œ",
    "ß": "ß",
}
_DROPPED: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u180e\u034f\u115f\u1160\u3164\uffa0")


class _Folding(dict[int, str]):
    """Decides what a character becomes once, when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _PLAIN.get(char) or _LOOKS.get(char)
        if folded is None:
            hidden = char in _DROPPED or 0xE0000 <= code <= 0xE01EF or 0xFE00 <= code <= 0xFE0F
            folded = "" if hidden else _fold_character(char)
        self[code] = folded
        return folded


def _fold_character(char: str) -> str:
    letters = unicodedata.normalize("NFKD", char).lower()
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return kept.translate(_AGAIN) if kept != char else kept


_WORDS: Final = re.compile(r"[a-zœ]+")
_AGAIN: Final = str.maketrans(_LOOKS)
_FOLDING: Final = _Folding()


def fold(text: str) -> str:
    """Return `text` as `Reading.folded` has it: word lists are written through this."""
    return text.translate(_FOLDING)


class Reading:
    """One text; what several detectors need of it is worked out once, when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str:
        """The text without case, accents, look-alikes and invisible characters."""
        return fold(self.text)

    @cached_property
    def lowered(self) -> str:
        """The text in small letters, each where it was."""
        lowered = self.text.lower()
        if len(lowered) == len(self.text):
            return lowered
        return "".join(char.lower() if len(char.lower()) == 1 else char for char in self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every folded word of the text, to tell at once that none of a list is there."""
        return frozenset(_WORDS.findall(self.folded))

    def holds(self, words: tuple[str, ...]) -> bool:
        """Tell whether one of these folded words is somewhere: far cheaper than looking for a pattern."""
        folded = self.folded
        return any(word in folded for word in words)

    @cached_property
    def _places(self) -> "array[int] | None":
        """Where each folded character comes from; None where positions are the same."""
        if len(self.folded) == len(self.text) and all(len(_FOLDING[ord(char)]) == 1 for char in set(self.text)):
            return None
        places = array("l")
        for place, char in enumerate(self.text):
            places.extend([place] * len(_FOLDING[ord(char)]))
        places.append(len(self.text))
        return places

    def folded_at(self, place: int) -> int:
        """Return where a place of the text stands in the folded one."""
        return place if self._places is None else bisect_left(self._places, place)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where the folded [`start`, `end`) stands in the text."""
        places = self._places
        if places is None:
            return start, end
        return places[start], places[end - 1] + 1 if end > start else places[start]
