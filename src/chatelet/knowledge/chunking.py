"""A document's passages: slices of its text that can be read alone, cut where the document itself is cut.

    blocks of the reading -> stretches (body, or beside it; nothing hidden, no page header) -> pieces no longer than a
    passage (sentences, rows of a table) -> passages of about 180 words, under their headings

Each passage is exactly `text[start:end]`. Together they hold all of the body, in order, once. What is beside the body
(notes, tracked insertions) makes passages of its own; page headers and footers, comments, deleted and hidden text make
none, and no passage runs across them.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from chatelet.documents.parsing.document import Block, BlockKind, ParsedDocument
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.cutting import Piece, pieces_of, rows_of
from chatelet.knowledge.languages import UNKNOWN, language_of
from chatelet.knowledge.passages import IndexedPassage

_TARGET: Final = 180  # words
_SMALL: Final = 40  # a section shorter than this goes with the next one
_LEFT_OUT: Final = frozenset({BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER, BlockKind.COMMENT, BlockKind.DELETION})
_BESIDE: Final = frozenset({BlockKind.FOOTNOTE, BlockKind.SPEAKER_NOTES, BlockKind.INSERTION})
_HEADINGS: Final = frozenset({BlockKind.TITLE, BlockKind.HEADING})


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage to be: its place, the headings that lead to it, and whether it is beside the body."""

    start: int
    end: int
    headings: tuple[str, ...] = ()
    beside: bool = False


def passages_of(
    parsed: ParsedDocument, *, collection_id: UUID, document_id: UUID, version_id: UUID, title: str
) -> list[IndexedPassage]:
    """Return the passages of a version, ready to be indexed."""
    usual = language_of(parsed.text)
    starts = [page.start for page in parsed.pages]
    passages: list[IndexedPassage] = []
    for ordinal, cut in enumerate(cuts_of(parsed)):
        text = parsed.text[cut.start : cut.end]
        place = bisect_right(starts, cut.start) - 1
        passages.append(
            IndexedPassage(
                id=uuid7(),
                collection_id=collection_id,
                document_id=document_id,
                version_id=version_id,
                ordinal=ordinal,
                text=text,
                start=cut.start,
                end=cut.end,
                page=parsed.pages[place].number if place >= 0 else None,
                title=title,
                headings=cut.headings,
                language=usual if usual != UNKNOWN else language_of(text),
            )
        )
    return passages


def cuts_of(parsed: ParsedDocument) -> list[Cut]:
    """Return where to cut, in the order of the text; the same for the same document."""
    cuts: list[Cut] = []
    path: list[tuple[int, str]] = []
    open_cut: _Open | None = None
    for piece in _pieces(parsed):
        if piece is None:  # what no passage crosses
            cuts += _closed(open_cut)
            open_cut = None
            continue
        if piece.level:
            if open_cut is not None and open_cut.words >= _SMALL:
                cuts += _closed(open_cut)
                open_cut = None
            path = [(level, said) for level, said in path if level < piece.level]
            path.append((piece.level, " ".join(parsed.text[piece.start : piece.end].split())))
        if open_cut is not None and (open_cut.beside != piece.beside or open_cut.words + piece.words > _TARGET):
            cuts += _closed(open_cut)
            open_cut = None
        if open_cut is None:
            headings = (*(said for _, said in path), *([piece.context] if piece.context else []))
            open_cut = _Open(piece.start, piece.end, headings, piece.beside, piece.words)
        else:
            open_cut = _Open(
                open_cut.start, piece.end, open_cut.headings, open_cut.beside, open_cut.words + piece.words
            )
    return cuts + _closed(open_cut)


@dataclass(frozen=True, slots=True)
class _Open:
    start: int
    end: int
    headings: tuple[str, ...]
    beside: bool
    words: int


def _closed(cut: _Open | None) -> list[Cut]:
    return [] if cut is None else [Cut(cut.start, cut.end, cut.headings, cut.beside)]


def _pieces(parsed: ParsedDocument) -> Iterator[Piece | None]:
    """Give the pieces in order, None where a passage must end. Text that no block claims is body."""
    reached = 0
    for block in sorted(parsed.blocks, key=lambda one: (one.start, -one.end)):
        start = max(block.start, reached)
        yield from pieces_of(parsed.text, reached, start)
        if start >= block.end:
            continue
        yield from _of_block(parsed, block, start)
        reached = block.end
    yield from pieces_of(parsed.text, reached, len(parsed.text))


def _of_block(parsed: ParsedDocument, block: Block, start: int) -> Sequence[Piece | None]:
    if block.hidden or block.kind in _LEFT_OUT:
        return (None,)
    if block.kind in _HEADINGS:
        level = 1 if block.kind is BlockKind.TITLE else max(1, block.level) + 1
        return (
            list(pieces_of(parsed.text, start, block.end, level=level))[:1]
            + list(pieces_of(parsed.text, start, block.end))[1:]
        )
    if block.kind is BlockKind.TABLE:
        return list(rows_of(parsed.text, start, block.end))
    return list(pieces_of(parsed.text, start, block.end, beside=block.kind in _BESIDE))
