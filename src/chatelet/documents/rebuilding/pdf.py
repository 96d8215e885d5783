"""PDF given back as a document that can be edited: what the reader finds of its structure, with other words.

A PDF has no paragraphs of its own: those that reading finds (`parsing.pdf`) become headings, lists, tables and pages of
a DOCX. Formulas, code, headers and footers of pages are kept as they are.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from chatelet.documents.ocr.engines import best
from chatelet.documents.parsing.document import Block, BlockKind, Cell, Page, ParsedDocument, Status
from chatelet.documents.parsing.outcome import NotRead, refused
from chatelet.documents.parsing.pdf.reader import read_pdf
from chatelet.documents.rebuilding.contract import Options, Part, Piece, PiecesMisplaced, Rebuilt, Segment, check_pieces
from chatelet.documents.rebuilding.new_docx import Image, Line, Paper, Row, write_docx
from chatelet.documents.rebuilding.pdf_pictures import Box, Picture, pictures
from chatelet.documents.rebuilding.remarks import remarks

_PARTS: Final = {
    BlockKind.TITLE: Part.HEADING,
    BlockKind.HEADING: Part.HEADING,
    BlockKind.FOOTNOTE: Part.NOTE,
    BlockKind.COMMENT: Part.COMMENT,
    BlockKind.PAGE_HEADER: Part.HEADER,
    BlockKind.PAGE_FOOTER: Part.HEADER,
}
_KEPT: Final = frozenset({BlockKind.CODE, BlockKind.FORMULA})
_LEFT: Final = frozenset({BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER})
_BULLET: Final = re.compile(r"(?:[•◦▪‣●○■–—*-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])[ \u00a0]+")
_LEADER: Final = re.compile(r"[ .…·_]{4,}\d{0,4}$")  # of a table of contents, to its page
_JOINED: Final = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


@dataclass(slots=True)
class _Item:
    """A stretch of the text that is one segment, and what it belongs to."""

    block: Block
    start: int
    end: int
    cell: Cell | None = None


@dataclass(slots=True)
class _Found:
    """What was read of a PDF, cut in segments."""

    document: ParsedDocument
    items: list[_Item] = field(default_factory=list[_Item])

    def words(self, item: _Item) -> str:
        """Return the words of an item, on one line unless its lines count."""
        text = self.document.text[item.start : item.end]
        return text if item.block.kind in _KEPT else " ".join(text.split("\n"))


class PdfFormat:
    """A PDF."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return what reading finds of its words, page by page."""
        found = _found(data)
        return [_segment(found, number, item) for number, item in enumerate(found.items)]

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return a DOCX of the same structure with other words."""
        found = _found(data)
        words = [found.words(item) for item in found.items]
        before = list(words)
        for number, pieces in replacements.items():
            if not 0 <= number < len(words):
                raise PiecesMisplaced(number)
            check_pieces(number, _segment(found, number, found.items[number]).pieces, pieces)
            if found.items[number].block.kind not in _KEPT:
                words[number] = "".join(piece.text for piece in pieces)
        changed = words != before
        lines = _lines(found, words, options.unsure, _placed(found, pictures(data, found.document.pages)))
        first = found.document.pages[0] if found.document.pages else None
        paper = Paper(first.width, first.height) if first is not None and first.width else Paper()
        content = write_docx(lines, options, paper, title=_title(found, words), is_machine=changed and options.mark_ai)
        left_out = [*remarks(options, changed=changed, marks_ai=True, highlights=True), *_left_out(found, options)]
        return Rebuilt(content, "docx", len(replacements), left_out)


def _left_out(found: _Found, options: Options) -> list[str]:
    codes = {"pdf_layout_simplified": True, "pdf_not_in_place": options.pdf_as == "pdf"}
    codes["page_headers_left_out"] = any(block.kind in _LEFT for block in found.document.blocks)
    return [code for code, is_so in codes.items() if is_so]


def _found(data: bytes) -> _Found:
    document = read_pdf(data, recognise=best())
    report = document.report
    if report.status not in {Status.READ, Status.PARTIAL}:
        finding = next(iter(report.findings), None)
        code = finding.code if finding else {Status.EMPTY: "no_text"}.get(report.status, "file_damaged")
        raise NotRead(report.status, "password_required" if report.status is Status.PASSWORD_REQUIRED else code)
    if any(finding.code == "reading_time_over" for finding in report.findings):
        raise refused("time_limit", seconds=0)
    found = _Found(document)
    tables = {table.start: table for table in document.tables}
    for block in document.blocks:
        if block.hidden or block.kind in _LEFT:
            continue
        table = tables.get(block.start) if block.kind is BlockKind.TABLE else None
        if table is not None:
            found.items += [_Item(block, cell.start, cell.end, cell) for cell in table.cells if cell.end > cell.start]
        else:
            _add(found, block)
    return found


def _add(found: _Found, block: Block) -> None:
    """Add a block; one that goes on overleaf joins the one it goes on from."""
    last = found.items[-1] if found.items else None
    text = found.document.text
    if last is not None and last.cell is None and last.block.kind in _JOINED and block.kind in _JOINED:
        between = text[last.end : block.start]
        if block.start >= last.end and "\n" not in between and not between.strip():
            last.end = block.end
            return
    bullet = _BULLET.match(text, block.start, block.end) if block.kind is BlockKind.LIST_ITEM else None
    start = bullet.end() if bullet else block.start
    leader = _LEADER.search(text, start, block.end)
    found.items.append(_Item(block, start, leader.start() if leader and leader.start() > start else block.end))


def _segment(found: _Found, number: int, item: _Item) -> Segment:
    words = found.words(item)
    is_kept = item.block.kind in _KEPT
    part = Part.CELL if item.cell is not None else _PARTS.get(item.block.kind, Part.BODY)
    piece = Piece("fixed", words, 1) if is_kept else Piece("text", words)
    locked = is_kept or not any(map(str.isalpha, words))
    return Segment(number, (piece,), part, item.block.page, locked)


def _title(found: _Found, words: list[str]) -> str:
    kinds = (BlockKind.TITLE, BlockKind.HEADING)
    heads = [text for item, text in zip(found.items, words, strict=True) if item.block.kind in kinds]
    return heads[0][:300] if heads else ""


def _placed(found: _Found, shown: Iterable[Picture]) -> dict[int, list[Image]]:
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


def _is_under(page: Page, item: _Item, box: Box) -> bool:
    """Tell whether the words of an item stand lower than a picture, in the same column."""
    left, top, right, bottom = box
    first = bisect_left(page.words, item.start, key=lambda word: word.start)
    inside = list(takewhile(lambda word: word.start < item.end, page.words[first:]))
    if not inside or min(word.left for word in inside) >= right or max(word.right for word in inside) <= left:
        return False
    return min(word.top for word in inside) >= (top + bottom) / 2


def _lines(
    found: _Found, words: list[str], unsure: frozenset[int], images: Mapping[int, list[Image]]
) -> Iterator[Line | Image | list[Row]]:
    """Yield the paragraphs, the tables and the pictures of the new document."""
    page: int | None = None
    table: tuple[Block, list[tuple[Cell, str, bool]]] | None = None
    for number, (item, text) in enumerate(zip(found.items, words, strict=True)):
        if table is not None and (item.cell is None or item.block is not table[0]):
            yield _rows(table[1])
            table = None
        if table is None:
            yield from images.get(number, ())
        begins_page = page is not None and item.block.page is not None and item.block.page > page
        page = item.block.page or page
        if item.cell is not None:
            if begins_page:
                yield Line("", "page")
            table = table or (item.block, [])
            table[1].append((item.cell, text, number in unsure))
            continue
        bullet = found.document.text[item.block.start : item.start] if item.start > item.block.start else ""
        level = item.block.level if item.block.kind in {BlockKind.HEADING, BlockKind.LIST_ITEM} else 0
        after = found.document.text[item.end : item.block.end] if item.end < item.block.end else ""
        yield Line(text + after, item.block.kind.value, level, bullet, unsure=number in unsure, begins_page=begins_page)
    if table is not None:
        yield _rows(table[1])
    yield from images.get(len(found.items), ())


def _rows(cells: list[tuple[Cell, str, bool]]) -> list[Row]:
    rows: dict[int, Row] = {}
    for cell, text, unsure in cells:
        rows.setdefault(cell.row, Row()).cells[cell.column] = (text, cell.rows, cell.columns, cell.header, unsure)
    return [rows.get(number, Row()) for number in range(max(rows) + 1)]
