"""PDF given back: as a PDF with other words in place, or as a document that can be edited.

A PDF has no paragraphs of its own: those that reading finds (`parsing.pdf`) are set again where they stood
(`in_place`), or become headings, lists, tables and pages of a DOCX or an ODT. Formulas, code, headers and footers of
pages are kept as they are.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final

from chatelet.documents.parsing.document import Block, BlockKind, Cell, Page
from chatelet.documents.rebuilding.contract import Options, Piece, PiecesMisplaced, Rebuilt, Segment, check_pieces
from chatelet.documents.rebuilding.in_place.placing import Fragment, place
from chatelet.documents.rebuilding.in_place.styles import PLAIN, Run
from chatelet.documents.rebuilding.new_docx import Image, Line, Paper, Row, Words, write_docx
from chatelet.documents.rebuilding.new_odt import write_odt
from chatelet.documents.rebuilding.pdf_items import KEPT, LEFT, Found, Item, read, segment
from chatelet.documents.rebuilding.pdf_pictures import Box, Picture, pictures
from chatelet.documents.rebuilding.remarks import remarks

_HEADS: Final = (BlockKind.TITLE, BlockKind.HEADING)


class PdfFormat:
    """A PDF."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return what reading finds of its words, page by page."""
        found = read(data)
        return [segment(found, number, item) for number, item in enumerate(found.items)]

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the PDF with other words; a DOCX or ODT of its structure as asked, or when no page takes any."""
        found = read(data)
        words = [found.words(item) for item in found.items]
        before = list(words)
        styled: dict[int, list[Fragment]] = {}
        for number, pieces in replacements.items():
            if not 0 <= number < len(words):
                raise PiecesMisplaced(number)
            check_pieces(number, segment(found, number, found.items[number]).pieces, pieces)
            if found.items[number].block.kind not in KEPT:
                words[number] = "".join(piece.text for piece in pieces)
                styled[number] = _fragments(pieces, found.runs[number])
        changed = words != before
        placed = self._in_place(data, found, (words, styled), options) if options.pdf_as == "pdf" and changed else None
        if placed is not None:
            return placed
        if options.pdf_as == "pdf" and not changed:
            return Rebuilt(data, "pdf", len(replacements))
        written = [
            tuple(_dressed(found, number, styled.get(number) or _as_it_is(found, number)))
            for number in range(len(found.items))
        ]
        lines = _lines(found, written, options.unsure, _placed(found, pictures(data, found.document.pages)))
        first = found.document.pages[0] if found.document.pages else None
        paper = Paper(first.width, first.height) if first is not None and first.width else Paper()
        kind, write = ("odt", write_odt) if options.pdf_as == "odt" else ("docx", write_docx)
        content = write(lines, options, paper, title=_title(found, words), is_machine=changed and options.mark_ai)
        left_out = [*remarks(options, changed=changed, marks_ai=True, highlights=True), *_left_out(found, options)]
        return Rebuilt(content, kind, len(replacements), left_out)

    def _in_place(
        self,
        data: bytes,
        found: Found,
        written: tuple[Sequence[str], Mapping[int, Sequence[Fragment]]],
        options: Options,
    ) -> Rebuilt | None:
        done = place(data, found, *written, options)
        if done is None:
            return None
        left_out = [*remarks(options, changed=True, marks_ai=True, highlights=True), *done.remarks]
        if any(block.kind in LEFT for block in found.document.blocks):
            left_out.append("pdf_headers_kept")
        return Rebuilt(done.data, "pdf", len(done.placed), left_out, dict(done.kept))


def _fragments(pieces: Sequence[Piece], runs: Sequence[Run]) -> list[Fragment]:
    """Return words with the style of the mark around them; None: that of the paragraph."""
    opened: list[int] = []
    fragments: list[Fragment] = []
    for piece in pieces:
        if piece.kind == "open":
            opened.append(piece.number)
        elif piece.kind == "close":
            opened.pop()
        elif piece.text:
            fragments.append((piece.text, runs[opened[-1] - 1].style if opened else None))
    return fragments


def _as_it_is(found: Found, number: int) -> list[Fragment]:
    """Return the words of an item that does not change."""
    item = found.items[number]
    if item.block.kind in KEPT:
        return [(found.words(item), None)]
    return _fragments(segment(found, number, item).pieces, found.runs[number])


def _dressed(found: Found, number: int, fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    """Yield words with the style that their paragraph has in the PDF; that of a heading is the new document's own."""
    base = found.bases[number]._replace(off=0)
    is_own = base == PLAIN or found.items[number].block.kind in _HEADS
    for text, style in fragments:
        yield text, style or (None if is_own else base)


def _left_out(found: Found, options: Options) -> list[str]:
    codes = {"pdf_layout_simplified": True, "pdf_not_in_place": options.pdf_as == "pdf"}
    codes["page_headers_left_out"] = any(block.kind in LEFT for block in found.document.blocks)
    return [code for code, is_so in codes.items() if is_so]


def _title(found: Found, words: list[str]) -> str:
    heads = [text for item, text in zip(found.items, words, strict=True) if item.block.kind in _HEADS]
    return heads[0][:300] if heads else ""


def _placed(found: Found, shown: Iterable[Picture]) -> dict[int, list[Image]]:
    """Return the pictures by the number of the item that each stands before: the next one under it."""
    placed: dict[int, list[Image]] = {}
    numbers: dict[int, list[int]] = {}
    for number, item in enumerate(found.items):
        numbers.setdefault(item.block.page or 0, []).append(number)
    pages = {page.number: page for page in found.document.pages}
    for picture in shown:
        own = numbers.get(picture.page, [])
        after = next(
            (place for page, places in sorted(numbers.items()) if page > picture.page for place in places), None
        )
        under = next((place for place in own if _is_under(pages[picture.page], found.items[place], picture.box)), None)
        place = next(place for place in (under, after, len(found.items)) if place is not None)
        while under and place and found.items[place - 1].block is found.items[under].block:
            place -= 1  # before a table, never inside
        left, top, right, bottom = picture.box
        placed.setdefault(place, []).append(Image(picture.data, picture.extension, right - left, bottom - top))
    return placed


def _is_under(page: Page, item: Item, box: Box) -> bool:
    """Tell whether the words of an item stand lower than a picture, in the same column."""
    left, top, right, bottom = box
    first = bisect_left(page.words, item.start, key=lambda word: word.start)
    inside = list(takewhile(lambda word: word.start < item.end, page.words[first:]))
    if not inside or min(word.left for word in inside) >= right or max(word.right for word in inside) <= left:
        return False
    return min(word.top for word in inside) >= (top + bottom) / 2


def _lines(
    found: Found, written: Sequence[Words], unsure: frozenset[int], images: Mapping[int, list[Image]]
) -> Iterator[Line | Image | list[Row]]:
    """Yield the paragraphs, the tables and the pictures of the new document."""
    page: int | None = None
    table: tuple[Block, list[tuple[Cell, Words, bool]]] | None = None
    for number, (item, words) in enumerate(zip(found.items, written, strict=True)):
        if table is not None and (item.cell is None or item.block is not table[0]):
            yield _rows(table[1])
            table = None
        if table is None:
            yield from images.get(number, ())
        begins_page = page is not None and item.block.page is not None and item.block.page > page
        page = item.block.page or page
        if item.cell is not None:
            if begins_page:
                yield Line((), "page")
            table = table or (item.block, [])
            table[1].append((item.cell, words, number in unsure))
            continue
        bullet = found.document.text[item.block.start : item.start] if item.start > item.block.start else ""
        level = item.block.level if item.block.kind in {BlockKind.HEADING, BlockKind.LIST_ITEM} else 0
        after = found.document.text[item.end : item.block.end] if item.end < item.block.end else ""
        whole = (*words, (after, None)) if after else words
        yield Line(whole, item.block.kind.value, level, bullet, unsure=number in unsure, begins_page=begins_page)
    if table is not None:
        yield _rows(table[1])
    yield from images.get(len(found.items), ())


def _rows(cells: list[tuple[Cell, Words, bool]]) -> list[Row]:
    rows: dict[int, Row] = {}
    for cell, words, unsure in cells:
        rows.setdefault(cell.row, Row()).cells[cell.column] = (words, cell.rows, cell.columns, cell.header, unsure)
    return [rows.get(number, Row()) for number in range(max(rows) + 1)]
