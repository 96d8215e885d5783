"""Plain text: paragraphs between empty lines, in the encoding, the line ends and the width that they had.

Lines broken for their width are one segment, broken again on the way back; other lines are a segment each. Bullets,
numbers, signs of quotation and indentation stay where they are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from chatelet.documents.rebuilding.characters import characters
from chatelet.documents.rebuilding.contract import Options, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.pieces import Run, has_words
from chatelet.documents.rebuilding.remarks import remarks
from chatelet.documents.rebuilding.splicing import Span, Spliced, segments_of, spliced
from chatelet.documents.rebuilding.wrapping import is_wrapped, wrapped

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_PREFIX: Final = re.compile(
    r"(?P<quote>[ \t]*(?:>[ \t]?)*)(?P<mark>[ \t]*(?:(?:[-*+•–—]|\d{1,3}[.)]|[a-zA-Z][.)])[ \t]+)?)"
)


class TextFormat:
    """Plain text."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return the paragraphs."""
        return segments_of(list(text_spans(characters(data).text)))

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the text with other paragraphs."""
        told = characters(data)
        result = text_rebuilt(told.text, replacements, options)
        left_out = remarks(options, changed=result.changed, can_write=told.can_write(result.text))
        return Rebuilt(told.written(result.text), "text", result.replaced, left_out)


def text_rebuilt(source: str, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Spliced:
    """Return a text with other paragraphs, the sentence of the mark after the last one."""
    result = spliced(source, list(text_spans(source)), replacements, {})
    if result.changed and options.visible_mark:
        end = "\r\n" if "\r\n" in source else "\n"
        result.text = f"{result.text.rstrip()}{end}{end}{options.visible_mark}{end}"
    return result


@dataclass(frozen=True, slots=True)
class _Line:
    start: int  # of its words, after quotation, bullet and indentation
    end: int  # of its words
    quote: str
    mark: str
    words: str


def text_spans(source: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the paragraphs of a part of a text."""
    group: list[_Line] = []
    for line in _lines(source, start, len(source) if end is None else end):
        goes_on = group and line.words and line.quote.strip() == group[0].quote.strip() and not line.mark.strip()
        if not goes_on:
            yield from _paragraph(source, group)
            group = []
        if line.words:
            group.append(line)
    yield from _paragraph(source, group)


def _lines(source: str, start: int, end: int) -> Iterator[_Line]:
    while start < end:
        found = _LINE.match(source, start, end)
        line = found[0] if found else source[start:end]
        words = line.rstrip()
        prefix = _PREFIX.match(words)
        quote, mark = (prefix["quote"], prefix["mark"]) if prefix else ("", "")
        ahead = len(quote) + len(mark)
        yield _Line(start + ahead, start + len(words), quote, mark, words[ahead:])
        start += len(line) or 1


def _paragraph(source: str, lines: list[_Line]) -> Iterator[Span]:
    if not lines:
        return
    shown = [source[line.start - len(line.quote) - len(line.mark) : line.end] for line in lines]
    groups = [lines] if is_wrapped(shown) else [[line] for line in lines]
    for group in groups:
        first, last = group[0], group[-1]
        words = " ".join(line.words for line in group)
        span = Span([Run(Piece("text", words), first.start, last.end)])
        if len(group) > 1:
            between = source[first.end : group[1].start]
            width = max(map(len, shown)) - len(first.quote) - len(first.mark)
            hanging = len(group[1].quote) + len(group[1].mark) - len(first.quote) - len(first.mark)
            span.write = partial(wrapped, width=width, between=between, hanging=hanging)
        if has_words(span.runs):
            yield span
