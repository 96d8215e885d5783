"""Reads a picture of a page: turned and straightened first, then recognised, its words brought back where they stand.

orientation by the ink -> lean -> engine -> unsure? the other way up -> boxes on the page as displayed
"""

import math
import re
from dataclasses import dataclass
from statistics import median

import numpy as np
from PIL import Image

from chatelet.documents.ocr import heads, tilt
from chatelet.documents.ocr.recognition import Grey, Recogniser, Seen
from chatelet.documents.parsing.layout.words import Sheet, Word

_SURE = 0.72  # a mean confidence below it: perhaps upside down
_LEAST_LETTERS = 12
_QUARTER = 90
_SPECK = 0.3
_LEAST_UPRIGHT = 4  # letters: a line of one or two may be narrow
_INK = 40  # levels of grey: less is a blank page
_TAILS = re.compile(r"[gjpqyçQ,;()\[\]{}/|_$§ÿýﬁ]")
_STEMS = re.compile(r"[A-Zbdfhkl0-9]")
_STEM, _MIDDLE = 0.71, 0.49  # of the size: how high stems and small letters rise


@dataclass
class Recognised:
    """A page read from its picture: words in a level frame and on the page (points), how sure the engine is."""

    words: list[Word]
    beside: list[Word]  # written upwards or downwards on a level page: a stamp in the margin
    width: float
    height: float
    confidence: float
    turned: int  # degrees the picture was turned counter-clockwise to be read
    lean: float

    def sheet(self, number: int, width: float, height: float) -> Sheet:
        """Return the page ready to be laid out, `width` by `height` points as displayed."""
        return Sheet(
            number, width, height, self.width, self.height, words=self.words, stamps=self.beside, recognised=True
        )


@dataclass
class _Attempt:
    seen: list[Seen]
    turned: int
    lean: float
    width: int
    height: int
    sure: float
    straight: Grey

    @property
    def worth(self) -> float:
        """How well it went: sure words count by their letters."""
        return sum(word.confidence * len(word.text) for word in self.seen if word.confidence > 0.5)


def recognise(picture: Grey, recogniser: Recogniser, *, dpi: float, seconds: float) -> Recognised:
    """Read a picture of a page; raise `RecognitionFailed` when the engine cannot."""
    if int(picture.max()) - int(picture.min()) < _INK:
        height, width = picture.shape
        return Recognised([], [], width * 72 / dpi, height * 72 / dpi, 0.0, 0, 0.0)
    first = _QUARTER if tilt.upright(picture) else 0
    best = _attempt(picture, recogniser, first, dpi, seconds)
    others = [first + 180, *([_QUARTER - first, 270 - first] if len(best.seen) < _LEAST_LETTERS else [])]
    for turn in others:
        if _is_sure(best):
            break
        other = _attempt(picture, recogniser, turn % 360, dpi, seconds)
        if other.worth > best.worth:
            best = other
    best.seen = heads.completed(best.straight, best.seen, recogniser, dpi=round(dpi), seconds=seconds)
    return _placed(best, picture.shape[1], picture.shape[0], 72.0 / dpi)


def _is_sure(attempt: _Attempt) -> bool:
    letters = sum(len(word.text) for word in attempt.seen)
    return attempt.sure >= _SURE and letters >= _LEAST_LETTERS


def _attempt(picture: Grey, recogniser: Recogniser, turned: int, dpi: float, seconds: float) -> _Attempt:
    straight = np.ascontiguousarray(np.rot90(picture, turned // _QUARTER))
    height, width = straight.shape
    lean = tilt.lean(straight)
    if lean:
        image = Image.fromarray(straight).rotate(-lean, Image.Resampling.BICUBIC, fillcolor=_paper(straight))
        straight = np.asarray(image, dtype=np.uint8)
    seen = _words(recogniser.words(straight, dpi=round(dpi), seconds=seconds))
    return _Attempt(seen, turned, lean, width, height, mean_confidence(seen), straight)


def _words(seen: list[Seen]) -> list[Seen]:
    """Leave out specks: lines where an engine is sure of nothing, as in stains, frames and drawings.

    The marks of a list are kept: an engine that has no letter for them is never sure of one.
    """
    marks = _marks(seen)
    lines: dict[int, float] = {}
    for word in seen:
        lines[word.line] = max(lines.get(word.line, 0.0), word.confidence)
    return [
        word
        for index, word in enumerate(seen)
        if lines[word.line] > _SPECK
        and (word.confidence > _SPECK or index in marks or any(c.isalnum() for c in word.text))
    ]


def _paper(picture: Grey) -> int:
    return int(np.percentile(picture[:: max(1, picture.shape[0] // 200)], 90))


def mean_confidence(seen: list[Seen]) -> float:
    """Return the mean over letters, so that specks do not weigh as words."""
    letters = sum(len(word.text) for word in seen)
    return sum(word.confidence * len(word.text) for word in seen) / letters if letters else 0.0


def _placed(attempt: _Attempt, width: int, height: int, scale: float) -> Recognised:
    """Bring the words back on the picture as it was given, and to points."""
    words: list[Word] = []
    beside: list[Word] = []
    sizes = _sizes(attempt.seen)
    marks = _marks(attempt.seen)
    upright = _upright(attempt.seen)
    for order, seen in enumerate(attempt.seen):
        size, base = sizes[seen.line]
        level = (seen.left * scale, (base - 0.8 * size) * scale, seen.right * scale, (base + 0.22 * size) * scale)
        word = Word("•" if order in marks else seen.text, level, size * scale, order)
        word.box = _back(attempt, (seen.left, seen.top, seen.right, seen.bottom), width, height, scale)
        word.confidence = seen.confidence
        (beside if seen.line in upright else words).append(word)
    wide, high = attempt.width * scale, attempt.height * scale
    return Recognised(words, beside, wide, high, attempt.sure, attempt.turned, attempt.lean)


def _upright(seen: list[Seen]) -> set[int]:
    """Return the lines that are taller than wide: an engine reads what is written up a margin, as one line of it."""
    lines: dict[int, list[Seen]] = {}
    for word in seen:
        lines.setdefault(word.line, []).append(word)
    return {line for line, words in lines.items() if _is_upright(words)}


def _is_upright(words: list[Seen]) -> bool:
    width = max(word.right for word in words) - min(word.left for word in words)
    height = max(word.bottom for word in words) - min(word.top for word in words)
    return height > 2 * width and sum(len(word.text) for word in words) >= _LEAST_UPRIGHT


def _sizes(seen: list[Seen]) -> dict[int, tuple[float, float]]:
    """Return, line by line, the size of the writing and the level it stands on, in pixels.

    Seen boxes are those of the ink: the level comes from words without tails, the size from words with stems.
    """
    lines: dict[int, list[Seen]] = {}
    for word in seen:
        lines.setdefault(word.line, []).append(word)
    result: dict[int, tuple[float, float]] = {}
    for line, words in lines.items():
        standing = [word.bottom for word in words if not _TAILS.search(word.text) and word.text[:1].isalnum()]
        base = median(standing or [word.bottom - 0.2 * (word.bottom - word.top) for word in words])
        tall = [word.top for word in words if _STEMS.search(word.text)]
        small = [word.top for word in words if word.text[:1].isalnum()] or [word.top for word in words]
        size = (base - median(tall)) / _STEM if tall else (base - median(small)) / _MIDDLE
        result[line] = max(size, 1.0), base
    return _evened(result, lines)


def _evened(sizes: dict[int, tuple[float, float]], lines: dict[int, list[Seen]]) -> dict[int, tuple[float, float]]:
    """Give lines of nearly the usual size that size: what is measured on ink is never quite the same."""
    letters = sorted((sizes[line][0], sum(len(word.text) for word in words)) for line, words in lines.items())
    half, usual = sum(count for _, count in letters) / 2, 1.0
    for size, count in letters:
        usual = size
        half -= count
        if half <= 0:
            break
    return {line: (usual if 0.87 < size / usual < 1.15 else size, base) for line, (size, base) in sizes.items()}


def _back(
    attempt: _Attempt, box: tuple[float, float, float, float], width: int, height: int, scale: float
) -> tuple[float, float, float, float]:
    """Return a box of the straightened picture on the given one: leaning back, then turning back."""
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    if attempt.lean:
        angle = math.radians(attempt.lean)
        cx, cy = attempt.width / 2, attempt.height / 2
        cos, sin = math.cos(angle), math.sin(angle)
        corners = [(cx + (x - cx) * cos + (y - cy) * sin, cy - (x - cx) * sin + (y - cy) * cos) for x, y in corners]
    turned = [_unturn(x, y, attempt.turned, width, height) for x, y in corners]
    xs, ys = [x for x, _ in turned], [y for _, y in turned]
    a, b, c, d = (round(value * scale, 1) for value in (min(xs), min(ys), max(xs), max(ys)))
    return a, b, c, d


def _unturn(x: float, y: float, turned: int, width: int, height: int) -> tuple[float, float]:
    if turned == 90:
        return width - y, x
    if turned == 180:
        return width - x, height - y
    if turned == 270:
        return y, height - x
    return x, y


_BULLETS = frozenset("+*¢°»«©®¤=~e-.oO·")
_LETTERS = frozenset("eoO")


def _marks(seen: list[Seen]) -> set[int]:
    """Return which words are the marks of list items, that engines read as the nearest sign they know.

    A mark stands alone at the head of its line, before a wider gap than a space; letters are taken for marks only
    where another line has one at the same place, and before a narrower gap where two have.
    """
    heads: list[int] = []
    close: list[int] = []
    for index, word in enumerate(seen):
        first = index == 0 or seen[index - 1].line != word.line
        if not first or index + 1 == len(seen) or seen[index + 1].line != word.line:
            continue
        after = seen[index + 1]
        height = after.bottom - after.top
        if _mark(word) in _BULLETS and after.left - word.right > 0.2 * height:
            (heads if after.left - word.right > 0.4 * height else close).append(index)
    sure = [index for index in heads if _mark(seen[index]) not in _LETTERS and seen[index].text != "-"]
    places = [seen[index].left for index in sure]
    result: set[int] = set()
    for index in heads:
        word = seen[index]
        near = sum(1 for place in places if abs(place - word.left) < word.bottom - word.top + 4)
        if (index in sure and (near > 1 or word.text in "¢©®¤")) or (_mark(word) in _LETTERS and near):
            result.add(index)
    found = [seen[index].left for index in result]
    for index in close:
        word = seen[index]
        small = word.bottom - word.top < 0.75 * (seen[index + 1].bottom - seen[index + 1].top)
        if small and sum(1 for place in found if abs(place - word.left) < word.bottom - word.top) > 1:
            result.add(index)
    return result


def _mark(word: Seen) -> str:
    """Return the one sign of a word that may be a mark, without the dirt after it; else what is no mark."""
    sign = word.text.rstrip("_.") or word.text
    return sign if len(sign) == 1 and len(word.text) < 4 else "none"
