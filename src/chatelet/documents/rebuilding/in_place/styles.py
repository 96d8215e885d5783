"""Stretches of a paragraph of a PDF in another style than the rest: bold, italic. They become marks of its segment."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from chatelet.documents.parsing.document import Page, Word
from chatelet.documents.parsing.pdf import pdfium
from chatelet.documents.rebuilding.in_place.survey import looks

_MOST: Final = 12  # stretches of a paragraph: one that changes at every word is of no style

Style = tuple[bool, bool]  # bold, italic


class Run(NamedTuple):
    """A stretch of the text that is of another style than its paragraph."""

    start: int
    end: int
    style: Style


class Styles:
    """The style of each word of a document; `of` tells the stretches of a paragraph."""

    def __init__(self, data: bytes, pages: Sequence[Page]) -> None:
        self._words: list[Word] = []
        self._styles: list[Style | None] = []
        document = pdfium.Document(data)
        try:
            for told in pages:
                self._words += told.words
                self._styles += _styles(document, told)
        finally:
            document.close()

    def of(self, start: int, end: int) -> list[Run]:
        """Return the stretches of a paragraph that are not of its own style; none when there are too many."""
        first = bisect_left(self._words, start, key=lambda word: word.start)
        own = list(self._inside(first, end))
        letters = Counter[Style]()
        for word, style in own:
            letters[style] += word.end - word.start
        if len(letters) < 2:
            return []
        base = letters.most_common(1)[0][0]
        runs: list[Run] = []
        for style, group in groupby(own, key=lambda one: one[1]):
            words = [word for word, _ in group]
            if style != base:
                runs.append(Run(words[0].start, min(end, words[-1].end), style))
        return runs if len(runs) <= _MOST else []

    def _inside(self, first: int, end: int) -> Iterator[tuple[Word, Style]]:
        for place in range(first, len(self._words)):
            word, style = self._words[place], self._styles[place]
            if word.start >= end:
                return
            if style is not None:
                yield word, style


def _styles(document: pdfium.Document, told: Page) -> list[Style | None]:
    if told.source != "text" or told.rotation:
        return [None] * len(told.words)
    page = document.page(told.number - 1)
    if page is None:
        return [None] * len(told.words)
    try:
        return [look and (look.bold, look.italic) for look in looks(page, told)]
    finally:
        page.close()
