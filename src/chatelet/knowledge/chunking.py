"""Cuts what was read into passages: by structure, about 180 words each, exact slices of the document's text.

Body only: what is beside it (page headers, comments, hidden text) is never a passage.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from chatelet.documents.parsing.document import ASIDE, Block, BlockKind, ParsedDocument

_LONGEST: Final = 1_200  # characters, about 180 words


@dataclass(frozen=True, slots=True)
class CutPassage:
    """`text` is the document's text from `start` to `end`; `headings` lead to it, the outermost first."""

    text: str
    start: int
    end: int
    page: int | None
    headings: tuple[str, ...]


def cut(document: ParsedDocument) -> list[CutPassage]:
    """Return the passages of a document, in order."""
    passages: list[CutPassage] = []
    headings: list[tuple[int, str]] = []
    pending: list[tuple[int, int, int | None]] = []

    def close() -> None:
        if pending:
            start, end = pending[0][0], pending[-1][1]
            path = tuple(words for _level, words in headings)
            passages.append(CutPassage(document.text[start:end], start, end, pending[0][2], path))
            pending.clear()

    for block in _body(document):
        if block.kind in {BlockKind.HEADING, BlockKind.TITLE}:
            close()
            headings[:] = [one for one in headings if one[0] < block.level]
            headings.append((block.level, document.text[block.start : block.end].strip()))
        for start, end in _pieces(document.text, block.start, block.end):
            if pending and end - pending[0][0] > _LONGEST:
                close()
            pending.append((start, end, block.page))
    close()
    return passages


def _body(document: ParsedDocument) -> Iterator[Block]:
    blocks = document.blocks or [Block(BlockKind.PARAGRAPH, 0, len(document.text))]
    for block in sorted(blocks, key=lambda one: one.start):
        if block.kind not in ASIDE and not block.hidden and document.text[block.start : block.end].strip():
            yield block


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut_at = max(text.rfind(mark, start, start + _LONGEST) + len(mark) for mark in (". ", "\n", " "))
        cut_at = cut_at if cut_at > start + _LONGEST // 3 else start + _LONGEST
        yield start, cut_at
        start = cut_at
    yield start, end
