"""Words nobody sees: pale on pale, or under something drawn later. The page is drawn with and without them.

What makes no difference to the picture is hidden, whatever the reason; white letters on a dark ground make one.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chatelet.documents.parsing.layout.words import Hiding, Word
from chatelet.documents.parsing.pdf import pdfium
from chatelet.documents.parsing.pdf.characters import Reading
from chatelet.documents.parsing.pdf.drawings import Drawings

_DPI = 72
_SEEN = 24  # levels of grey: less is not seen
_MOST_PIXELS = 8_000_000


def mark(page: pdfium.Page, reading: Reading, drawn: Drawings) -> None:
    """Mark the words of a page that its picture does not show."""
    suspects = _suspects(reading, drawn)
    if not suspects:
        return
    scale = min(_DPI / 72, (_MOST_PIXELS / max(1.0, page.width * page.height)) ** 0.5)
    part = _around([word for words in suspects.values() for word in words], page, scale)
    if part[2] <= part[0] or part[3] <= part[1]:
        return
    with_them = _draw(page, scale, part)
    for address in suspects:
        pdfium.show_object(address, 0)
    try:
        without = _draw(page, scale, part)
    finally:
        for address in suspects:
            pdfium.show_object(address, 1)
    shown = np.abs(with_them.astype(np.int16) - without.astype(np.int16))
    pale = {id(word) for word in reading.pale}
    for words in suspects.values():
        for word in words:
            if word.hidden is None and _most(shown, word, scale, part) < _SEEN:
                word.hidden = Hiding.COLOUR if id(word) in pale else Hiding.COVERED


def _around(words: Sequence[Word], page: pdfium.Page, scale: float) -> tuple[int, int, int, int]:
    """Return the part of the picture that holds some words."""
    return (
        max(0, int(min(word.box[0] for word in words) * scale) - 2),
        max(0, int(min(word.box[1] for word in words) * scale) - 2),
        min(int(page.width * scale), int(max(word.box[2] for word in words) * scale) + 2),
        min(int(page.height * scale), int(max(word.box[3] for word in words) * scale) + 2),
    )


def _suspects(reading: Reading, drawn: Drawings) -> dict[int, list[Word]]:
    """Return the runs of text that may be hidden, by their address, with their words."""
    pale = {id(word) for word in reading.pale}
    found: dict[int, list[Word]] = {}
    for address, words in reading.objects.items():
        rank = drawn.texts.get(address)
        over = [cover.box for cover in drawn.covers if rank is not None and cover.after > rank]
        if any(id(word) in pale for word in words) or (over and any(_under(word, over) for word in words)):
            found[address] = words
    return found


def _under(word: Word, boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _draw(page: pdfium.Page, scale: float, part: tuple[int, int, int, int]) -> NDArray[np.uint8]:
    width, height = max(1, round(page.width * scale)), max(1, round(page.height * scale))
    rows, stride = page.bitmap(width, height, grey=True, part=part)
    return np.frombuffer(rows, np.uint8).reshape(part[3] - part[1], stride)[:, : part[2] - part[0]]


def picture(page: pdfium.Page, width: int, height: int) -> NDArray[np.uint8]:
    """Return a page's picture in grey levels."""
    rows, stride = page.bitmap(width, height, grey=True)
    return np.frombuffer(rows, np.uint8).reshape(height, stride)[:, :width]


def _most(shown: NDArray[np.int16], word: Word, scale: float, part: tuple[int, int, int, int]) -> int:
    left, top, right, bottom = (
        value * scale - start for value, start in zip(word.box, (part[0], part[1], part[0], part[1]), strict=True)
    )
    inside = shown[max(0, int(top)) : int(bottom) + 2, max(0, int(left)) : int(right) + 2]
    return int(inside.max()) if inside.size else 0


def inked(seen: NDArray[np.uint8], word: Word, scale: float) -> bool:
    """Tell whether there is ink where a word of a text layer says it stands."""
    left, top, right, bottom = (value * scale for value in word.box)
    inside = seen[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1]
    return bool(inside.size) and int(inside.max()) - int(inside.min()) > 2 * _SEEN
