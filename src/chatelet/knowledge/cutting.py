"""Pieces that a passage is made of: a paragraph that is short enough, otherwise its sentences; rows of a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from chatelet.knowledge.sentences import sentences_of

LONGEST: Final = 180  # words of a piece
_WORD: Final = re.compile(r"\S+")
_PARAGRAPH: Final = re.compile(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)
_LINES_OF_TWO: Final = 2  # line feeds between two paragraphs, at least
_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, without the spaces around it. `level` is a heading's, 0 otherwise; `context` is said before it."""

    start: int
    end: int
    words: int
    level: int = 0
    beside: bool = False
    context: str = ""


def pieces_of(text: str, start: int, end: int, *, level: int = 0, beside: bool = False) -> Iterator[Piece]:
    """Give the pieces of `text[start:end]`, in order."""
    for first, last in _paragraphs(text, start, end):
        for begins, ends, words in _short_enough(text, first, last):
            yield Piece(begins, ends, words, level, beside)


def rows_of(text: str, start: int, end: int) -> Iterator[Piece]:
    """Give the rows of a table; those after the first bring the first as context, wherever the table is cut."""
    header = ""
    for line in _LINE.finditer(text, start, end):
        begins, ends = _trimmed(text, *line.span())
        for place, (first, last, words) in enumerate(_short_enough(text, begins, ends)):
            yield Piece(first, last, words, context=header)
            if not header and place == 0:
                header = text[first:last]


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give what empty lines divide; most stretches have none, and looking for one costs a step a character."""
    if text.count("\n", start, end) < _LINES_OF_TWO:
        said = text[start:end]
        first = start + len(said) - len(said.lstrip())
        last = first + len(said.strip())
        if first < last:
            yield first, last
        return
    for paragraph in _PARAGRAPH.finditer(text, start, end):
        yield paragraph.span()


def _short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Give places, and how many words are there."""
    words = len(text[start:end].split())
    if words <= LONGEST:
        yield start, end, words
        return
    for begins, ends in sentences_of(text[start:end]):
        yield from _words_of(text, start + begins, start + ends)


def _words_of(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Cut what has no sentences, between words."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    for first in range(0, len(words), LONGEST):
        group = words[first : first + LONGEST]
        yield group[0][0], group[-1][1], len(group)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end
