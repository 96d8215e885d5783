"""Stretches of a paragraph of a PDF in another style than the rest: bold, italic, raised, lowered.

They become marks of its segment. A PDF says nothing of superscripts: letters are raised or lowered when smaller
than those of their paragraph and stand off the line of their neighbours.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from chatelet.documents.parsing.document import Page, Word
from chatelet.documents.parsing.pdf import pdfium
from chatelet.documents.rebuilding.in_place.survey import Letter, Look, letters

_MOST: Final = 12  # stretches of a paragraph: one that changes at every word is of no style
_MOST_OFF: Final = 24  # of those raised or lowered, which are read at every word of a formula
_SMALLER: Final = 0.85  # of the size of the paragraph
_OFF: Final = 0.06  # of that size, from the line
_SAME_LINE: Final = 0.8  # of that size: further, it is another line


class Style(NamedTuple):
    """How a stretch is written; `off` the line: 1 raised, -1 lowered."""

    bold: bool
    italic: bool
    off: int = 0


PLAIN: Final = Style(bold=False, italic=False)


class Run(NamedTuple):
    """A stretch of the text that is of another style than its paragraph."""

    start: int
    end: int
    style: Style


class Styles:
    """The style of each word of a document; `of` tells that of a paragraph, and its stretches in another."""

    def __init__(self, data: bytes, pages: Sequence[Page]) -> None:
        self._words: list[Word] = []
        self._letters: list[list[Letter | None]] = []
        document = pdfium.Document(data)
        known: dict[Look, Look] = {}
        try:
            for told in pages:
                self._words += told.words
                self._letters += _letters(document, told, known)
        finally:
            document.close()

    def of(self, start: int, end: int) -> tuple[Style, list[Run]]:
        """Return the style of most of a paragraph and its stretches in another; plain and none if they are too many."""
        first = bisect_left(self._words, start, key=lambda word: word.start)
        last = bisect_left(self._words, end, key=lambda word: word.start)
        units = list(_units(self._words[first:last], self._letters[first:last]))
        base, runs = _runs(units, end)
        if len(runs) <= _MOST:
            return base, runs
        plain = [Run(one.start, one.end, one.style._replace(bold=False, italic=False)) for one in units]
        base, runs = _runs(plain, end)
        return base, runs if len(runs) <= _MOST_OFF else []


def _runs(units: Sequence[Run], end: int) -> tuple[Style, list[Run]]:
    weights = Counter[Style]()
    for start, last, style in units:
        weights[style] += last - start
    base = weights.most_common(1)[0][0] if weights else PLAIN
    runs: list[Run] = []
    for style, group in groupby(units, key=lambda one: one.style):
        own = list(group)
        if style != base:
            runs.append(Run(own[0].start, min(end, own[-1].end), style))
    return base, runs


def _units(words: Sequence[Word], written: Sequence[Sequence[Letter | None]]) -> Iterator[Run]:
    """Yield the words with their styles, one with raised or lowered letters stretch by stretch."""
    sizes = Counter[float]()
    for word, own in zip(words, written, strict=True):
        for one in own:
            if one is not None:
                sizes[one.look.size] += _weight(word, own)
    if not sizes:
        return
    size = sizes.most_common(1)[0][0]
    lines = iter(_lines([one for own in written for one in own], size))
    for word, own in zip(words, written, strict=True):
        told = [one and _style(one, line, size) for one, line in zip(own, lines, strict=False)]
        known = Counter(one for one in told if one is not None)
        if not known:
            continue
        if len(own) > 1 and len(own) != word.end - word.start:
            told = [known.most_common(1)[0][0]._replace(off=0)]  # which letter is which cannot be told
        at = word.start
        for style, group in groupby(one or known.most_common(1)[0][0] for one in told):
            ends = at + len(list(group)) * _weight(word, told)
            yield Run(at, ends, style)
            at = ends


def _weight(word: Word, told: Sequence[object]) -> int:
    """Return for how many letters of a word each entry stands."""
    return word.end - word.start if len(told) == 1 else 1


def _lines(written: Sequence[Letter | None], size: float) -> list[float | None]:
    """Return for each letter the line of the one of full size before it, or else after it, when it is the same line."""
    full = [None if one is None or one.look.size < _SMALLER * size else one.base for one in written]
    before = _carried(full)
    after = _carried(full[::-1])[::-1]
    found: list[float | None] = []
    for one, first, second in zip(written, before, after, strict=True):
        near = [
            line for line in (first, second)
            if one is not None and line is not None and abs(line - one.base) < _SAME_LINE * size
        ]  # fmt: skip
        found.append(near[0] if near else None)
    return found


def _carried(values: Sequence[float | None]) -> list[float | None]:
    found: list[float | None] = []
    last: float | None = None
    for value in values:
        last = value if value is not None else last
        found.append(last)
    return found


def _style(one: Letter, line: float | None, size: float) -> Style:
    look, off = one.look, 0
    if line is not None and look.size < _SMALLER * size and abs(one.base - line) >= _OFF * size:
        off = 1 if one.base > line else -1
    return Style(look.bold, look.italic, off)


def _letters(document: pdfium.Document, told: Page, known: dict[Look, Look]) -> list[list[Letter | None]]:
    if told.source != "text" or told.rotation:
        return [[] for _ in told.words]
    page = document.page(told.number - 1)
    if page is None:
        return [[] for _ in told.words]
    try:
        return letters(page, told, known)
    finally:
        page.close()
