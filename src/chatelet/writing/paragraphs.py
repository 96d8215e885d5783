"""A plain text as segments, and back: paragraphs, items of lists and lines; what stands between them never changes.

Lines that a mail or a terminal broke are one segment, joined by spaces; a line of its own is one too.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from chatelet.documents.rebuilding.contract import Part, Piece, Segment

_WRAPPED: Final = 50  # characters: a shorter line ends where its writer wanted
_ITEM: Final = re.compile(r"[ \t]*(?:[-*•–+]|\d{1,3}[.)]|[a-z]\)|#{1,6}|>)[ \t]+")


def segments(text: str) -> list[Segment]:
    """Return the segments of a text."""
    return [
        Segment(number, (Piece("text", _joined(text[start:end])),), Part.BODY)
        for number, (start, end) in enumerate(_places(text))
    ]


def rebuild(text: str, replacements: Mapping[int, Sequence[Piece]]) -> str:
    """Return the text with these segments replaced."""
    written: list[str] = []
    place = 0
    for number, (start, end) in enumerate(_places(text)):
        pieces = replacements.get(number)
        words = text[start:end] if pieces is None else "".join(one.text for one in pieces if one.kind == "text")
        written += (text[place:start], words)
        place = end
    return "".join([*written, text[place:]])


def _places(text: str) -> list[tuple[int, int]]:
    """Return where each segment begins, past the mark of an item, and ends."""
    found: list[tuple[int, int]] = []
    open_line = ""
    place = 0
    for line in text.splitlines(keepends=True):
        words = line.rstrip()
        item = _ITEM.match(words)
        start = place + (item.end() if item else len(words) - len(words.lstrip()))
        if words.strip() and (not item or item.end() < len(words)):
            if found and open_line and not item and _goes_on(open_line, words):
                found[-1] = (found[-1][0], place + len(words))
            else:
                found.append((start, place + len(words)))
            open_line = words
        else:
            open_line = ""
        place += len(line)
    return found


def _goes_on(before: str, line: str) -> bool:
    """Tell whether a line goes on with the sentence of the one before it."""
    return len(before) >= _WRAPPED and (before[-1:] not in ".!?:;" or line.lstrip()[:1].islower())


def _joined(text: str) -> str:
    return re.sub(r"[ \t]*\r?\n[ \t]*", " ", text)
