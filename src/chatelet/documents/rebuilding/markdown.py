"""Markdown: its words changed where they stand; fields, code, formulas, addresses and definitions byte for byte."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from chatelet.documents.rebuilding.characters import characters
from chatelet.documents.rebuilding.contract import Options, Part, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.html import MARKED
from chatelet.documents.rebuilding.markdown_inline import (
    MAY_BEGIN,
    Inline,
    alternative,
    begun,
    cell_written,
    words_written,
)
from chatelet.documents.rebuilding.markdown_lines import Block, blocks, front_matter
from chatelet.documents.rebuilding.pieces import Run, has_words
from chatelet.documents.rebuilding.remarks import remarks
from chatelet.documents.rebuilding.splicing import Span, segments_of, spliced
from chatelet.documents.rebuilding.wrapping import laid_out

_PARTS: Final = {"heading": Part.HEADING, "cell": Part.CELL, "note": Part.NOTE}
_LABEL: Final = re.compile(r"^ {0,3}(?:>[ \t]?)*\[([^\]^]{1,200})\]:", re.MULTILINE)
_LANGUAGE: Final = re.compile(r"^(lang(?:uage)?|locale)([ \t]*[:=][ \t]*)([\"']?)[\w-]+\3(?=[ \t]*$)", re.MULTILINE)


class MarkdownFormat:
    """A text in Markdown."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return its words, and its code, locked."""
        return segments_of(markdown_spans(characters(data).text))

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the text with other words."""
        told = characters(data)
        spans = markdown_spans(told.text)
        decorate = {
            number: MARKED
            for number in options.unsure
            if number < len(spans) and spans[number].part is not Part.ALTERNATIVE
        }
        result = spliced(told.text, spans, replacements, decorate)
        text = _told(result.text, options) if result.changed else result.text
        left_out = remarks(
            options, changed=result.changed, can_write=told.can_write(text), marks_ai=True, highlights=True
        )
        return Rebuilt(told.written(text), "markdown", result.replaced, left_out)


def markdown_spans(source: str) -> list[Span]:
    """Return the words of a text in Markdown."""
    labels = frozenset(label.strip().lower() for label in _LABEL.findall(source))
    spans: list[Span] = []
    for block in blocks(source):
        spans += _spans(source, block, labels)
    return spans


def _spans(source: str, block: Block, labels: frozenset[str]) -> list[Span]:
    if block.kind == "locked":
        start, end = block.places[0]
        return [Span([Run(Piece("fixed", source[start:end], 1), start, end)], locked=True)]
    inline = Inline(source, block.places, labels)
    runs = inline.runs()
    found = [alternative(source, *place) for place in inline.alternatives]
    if not has_words(runs):
        return found
    span = Span(runs, _PARTS.get(block.kind, Part.BODY))
    span.write = cell_written if block.kind == "cell" else words_written
    if block.kind in {"paragraph", "note"}:
        at_start = runs[0].start == block.places[0][0]
        span.shape = partial(_shaped, width=inline.width, between=inline.between, at_start=at_start)
    return [span, *found]


def _shaped(_span: Span, laid: Sequence[tuple[Piece, str]], *, width: int, between: str, at_start: bool) -> str:
    """Lay a paragraph out: in lines as long as they were, if it had several."""
    text = laid_out(laid, width, between, MAY_BEGIN) if between else "".join(source for _piece, source in laid)
    return begun(text) if at_start else text


def _told(source: str, options: Options) -> str:
    """Say the language, the mark of a machine, and the sentence at the end."""
    end = "\r\n" if "\r\n" in source else "\n"
    fields = front_matter(source)
    head, body = source[:fields], source[fields:]
    if head and options.language:
        head = _LANGUAGE.sub(rf"\g<1>\g<2>\g<3>{options.language}\g<3>", head)
    if options.visible_mark:
        body = f"{body.rstrip()}{end}{end}{words_written(options.visible_mark)}{end}"
    if options.mark_ai and head:
        closing = head.rstrip().rfind("\n") + 1
        sign = " =" if head.startswith("+++") else ":"
        head = f"{head[:closing]}ai-generated{sign} true{end}{head[closing:]}"
    elif options.mark_ai:
        body = f"{body.rstrip()}{end}{end}<!-- ai-generated: true -->{end}"
    return head + body
