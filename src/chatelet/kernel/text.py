"""Text as people compare it: without case, accents, or the typographic form of quotes, dashes and spaces."""

import unicodedata
from functools import lru_cache

_SAME = (
    *(("œ", "oe"), ("æ", "ae"), ("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("«", '"'), ("»", '"')),
    *(("–", "-"), ("—", "-")),
)


def fold(text: str) -> str:
    """Return `text` without case, accents nor ligatures (œ → oe), marks and spaces made plain."""
    folded = text.casefold()
    if folded.isascii():
        return " ".join(folded.split())
    for char, plain in _SAME:  # quicker than to translate each character
        if char in folded:
            folded = folded.replace(char, plain)
    folded = unicodedata.normalize("NFKD", folded)
    for char in set(folded):  # a few accents, however long the text
        if char > "\u02ff" and unicodedata.combining(char):
            folded = folded.replace(char, "")
    return " ".join(folded.split())


class FoldedText:
    """A text folded once, to look for folded words and tell where they stand in the original."""

    __slots__ = ("_folded", "_offsets", "_text")

    def __init__(self, text: str) -> None:
        pieces: list[str] = []
        offsets: list[int] = []
        spaced = True
        for offset, char in enumerate(text):
            piece = _fold_character(char)
            if piece == " " and spaced:
                continue
            spaced = piece == " " if piece else spaced
            pieces.append(piece)
            offsets.extend([offset] * len(piece))
        self._text = text
        self._folded = "".join(pieces)
        self._offsets = offsets

    def find(self, folded: str, after: int = 0) -> tuple[int, int, int] | None:
        """Return (start, end) in the original and the end in the folded text, from folded position `after` on."""
        place = self._folded.find(folded, after)
        if place < 0 or not folded:
            return None
        end = place + len(folded)
        return self._offsets[place], self.original_end(end), end

    def original_end(self, folded_end: int) -> int:
        """Return the end in the original of what ends at `folded_end`, combining accents included."""
        if not folded_end:
            return 0
        end = self._offsets[folded_end - 1] + 1
        while end < len(self._text) and unicodedata.combining(self._text[end]):
            end += 1
        return end


@lru_cache(maxsize=4096)
def _fold_character(char: str) -> str:
    return " " if char.isspace() else fold(char)


def first_line(text: str, longest: int) -> str:
    """Return the first line of `text`, cut at a word before `longest` characters."""
    line = " ".join(text.strip().split("\n", 1)[0].split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
