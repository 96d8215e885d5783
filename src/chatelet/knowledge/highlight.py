"""Where the words of a citation stand on their page: boxes that follow its lines, turned and tilted ones too."""

from collections.abc import Sequence
from typing import Final

from chatelet.documents.parsing.document import Page, Word
from chatelet.knowledge.schemas import BoxOut

# Of the thickness of a line. A tilted line is cut in steps before its box is this much thicker than its words.
_STEP: Final = 1.4
_WIDEST_GAP: Final = 2.0


def boxes_of(page: Page, start: int, end: int) -> list[BoxOut]:
    """Return the boxes of the words between two positions, those of a line joined; fractions of the page."""
    if not page.width or not page.height:
        return []
    words = [word for word in page.words if word.start < end and word.end > start]
    return [_fraction(page, line) for line in _lines(words)]


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Join words that follow each other on one line, whatever way it runs: across, down, up or upside down."""
    lines: list[list[Word]] = []
    for word in words:
        if lines and (_joins(_across(lines[-1]), _across([word])) or _joins(_along(lines[-1]), _along([word]))):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


_Spans = tuple[list[tuple[float, float]], list[tuple[float, float]]]


def _across(words: Sequence[Word]) -> _Spans:
    return [(word.left, word.right) for word in words], [(word.top, word.bottom) for word in words]


def _along(words: Sequence[Word]) -> _Spans:
    return [(word.top, word.bottom) for word in words], [(word.left, word.right) for word in words]


def _joins(line: _Spans, word: _Spans) -> bool:
    """Tell whether a word goes on a line: next to its last word, and hardly any thicker together."""
    (run, sides), ([(near, far)], side) = line, word
    thickest = max(high - low for low, high in sides + side)
    together = max(high for _, high in sides + side) - min(low for low, _ in sides + side)
    gap = max(near - run[-1][1], run[-1][0] - far)
    return together <= _STEP * thickest and -thickest < gap < _WIDEST_GAP * thickest


def _fraction(page: Page, line: Sequence[Word]) -> BoxOut:
    return BoxOut(
        left=min(word.left for word in line) / page.width,
        top=min(word.top for word in line) / page.height,
        right=max(word.right for word in line) / page.width,
        bottom=max(word.bottom for word in line) / page.height,
    )
