"""What reading finds of a PDF, cut in the stretches that are translated at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from chatelet.documents.ocr.engines import best
from chatelet.documents.parsing.document import Block, BlockKind, Cell, ParsedDocument, Status
from chatelet.documents.parsing.outcome import NotRead, refused
from chatelet.documents.parsing.pdf.reader import read_pdf
from chatelet.documents.rebuilding.contract import Part, Piece, Segment
from chatelet.documents.rebuilding.in_place.styles import PLAIN, Run, Style, Styles

_PARTS: Final = {
    BlockKind.TITLE: Part.HEADING,
    BlockKind.HEADING: Part.HEADING,
    BlockKind.FOOTNOTE: Part.NOTE,
    BlockKind.COMMENT: Part.COMMENT,
    BlockKind.PAGE_HEADER: Part.HEADER,
    BlockKind.PAGE_FOOTER: Part.HEADER,
}
KEPT: Final = frozenset({BlockKind.CODE, BlockKind.FORMULA})
LEFT: Final = frozenset({BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER})
_BULLET: Final = re.compile(r"(?:[•◦▪‣●○■–—*-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])[ \u00a0]+")
_LEADER: Final = re.compile(r"[ .…·_]{4,}\d{0,4}$")  # of a table of contents, to its page
_JOINED: Final = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


@dataclass(slots=True)
class Item:
    """A stretch of the text that is one segment, and what it belongs to."""

    block: Block
    start: int
    end: int
    cell: Cell | None = None


@dataclass(slots=True)
class Found:
    """What was read of a PDF, cut in segments."""

    document: ParsedDocument
    items: list[Item] = field(default_factory=list[Item])
    runs: list[list[Run]] = field(default_factory=list[list[Run]])  # of each item, in another style
    bases: list[Style] = field(default_factory=list[Style])  # of each item, the style of most of it

    def words(self, item: Item) -> str:
        """Return the words of an item, on one line unless its lines count."""
        text = self.document.text[item.start : item.end]
        return text if item.block.kind in KEPT else " ".join(text.split("\n"))


def read(data: bytes) -> Found:
    """Return what was read. Raises `NotRead`."""
    document = read_pdf(data, recognise=best())
    report = document.report
    if report.status not in {Status.READ, Status.PARTIAL}:
        finding = next(iter(report.findings), None)
        code = finding.code if finding else {Status.EMPTY: "no_text"}.get(report.status, "file_damaged")
        raise NotRead(report.status, "password_required" if report.status is Status.PASSWORD_REQUIRED else code)
    if any(finding.code == "reading_time_over" for finding in report.findings):
        raise refused("time_limit", seconds=0)
    found = Found(document)
    tables = {table.start: table for table in document.tables}
    for block in document.blocks:
        if block.hidden or block.kind in LEFT:
            continue
        table = tables.get(block.start) if block.kind is BlockKind.TABLE else None
        if table is not None:
            found.items += [Item(block, cell.start, cell.end, cell) for cell in table.cells if cell.end > cell.start]
        else:
            _add(found, block)
    styles = Styles(data, document.pages)
    for item in found.items:
        base, runs = (PLAIN, list[Run]()) if item.block.kind in KEPT else styles.of(item.start, item.end)
        found.bases.append(base)
        found.runs.append(runs)
    return found


def _add(found: Found, block: Block) -> None:
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
    found.items.append(Item(block, start, leader.start() if leader and leader.start() > start else block.end))


def segment(found: Found, number: int, item: Item) -> Segment:
    """Return an item as what is translated; formulas and code are shown for context."""
    words = found.words(item)
    is_kept = item.block.kind in KEPT
    part = Part.CELL if item.cell is not None else _PARTS.get(item.block.kind, Part.BODY)
    pieces = (Piece("fixed", words, 1),) if is_kept else tuple(_pieces(words, item.start, found.runs[number]))
    locked = is_kept or not any(map(str.isalpha, words))
    return Segment(number, pieces, part, item.block.page, locked)


def _pieces(words: str, start: int, runs: Sequence[Run]) -> Iterator[Piece]:
    """Yield the words, a mark around those of another style; they are numbered from 1."""
    place = 0
    for number, run in enumerate(runs, 1):
        first, last = run.start - start, run.end - start
        if first > place:
            yield Piece("text", words[place:first])
        yield Piece("open", "", number)
        yield Piece("text", words[first:last])
        yield Piece("close", "", number)
        place = last
    if place < len(words):
        yield Piece("text", words[place:])
