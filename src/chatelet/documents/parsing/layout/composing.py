"""Writes the one text of a document from its parts, and notes where each word, block, cell and page stands in it.

What runs beside the body (headers, notes, numbers, comments) is written where it cuts no sentence: before the page's
last paragraph when that one goes on overleaf.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chatelet.documents.parsing.document import ASIDE, Block, BlockKind, Cell, Page, Table, Word
from chatelet.documents.parsing.layout import hyphens
from chatelet.documents.parsing.layout.lines import Run, touching
from chatelet.documents.parsing.layout.parts import Grid, Part

_SINGLE_BREAK = frozenset({BlockKind.LIST_ITEM, BlockKind.METADATA})


@dataclass
class PageParts:
    """A page ready to be written."""

    number: int
    width: float
    height: float
    parts: list[Part]
    rotation: int = 0
    source: str = "text"
    confidence: float | None = None
    label: str | None = None


@dataclass
class Composed:
    """The text and what stands where in it."""

    text: str = ""
    pages: list[Page] = field(default_factory=list[Page])
    blocks: list[Block] = field(default_factory=list[Block])
    tables: list[Table] = field(default_factory=list[Table])


def compose(pages: Sequence[PageParts]) -> Composed:
    """Write a document's text."""
    known = hyphens.vocabulary(
        word.text for page in pages for part in page.parts for line in part.lines for word in line.words[:-1]
    )
    writer = _Writer(known)
    for page in pages:
        writer.page(page)
    return writer.finished()


def ordered(parts: Sequence[Part]) -> list[Part]:
    """Return a page's parts in the order they are written."""
    body = [part for part in parts if part.kind not in ASIDE and not part.hidden]
    before = [part for part in parts if part.kind is BlockKind.PAGE_HEADER and not part.hidden]
    after = [
        part for part in parts if part.kind in ASIDE and part.kind is not BlockKind.PAGE_HEADER and not part.hidden
    ]
    after += [part for part in parts if part.hidden]
    head = [body.pop(0)] if body and body[0].continued else []
    tail = [body.pop()] if body and body[-1].goes_on else []
    return [*head, *before, *body, *after, *tail]


class _Writer:
    """Appends to the text; keeps count of its characters."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self._pieces: list[str] = []
        self._length = 0
        self._words: list[Word] = []
        self._result = Composed()
        self._before: Part | None = None

    def finished(self) -> Composed:
        """Return all that was written."""
        self._result.text = "".join(self._pieces)
        return self._result

    def page(self, page: PageParts) -> None:
        """Write one page."""
        self._words = []
        parts = ordered(page.parts)
        start: int | None = None
        for part in parts:
            self._separate(part)
            start = self._length if start is None else start
            self._part(part)
            self._before = part
        start = self._length if start is None else start
        self._result.pages.append(
            Page(
                number=page.number,
                start=start,
                end=self._length,
                width=round(page.width, 2),
                height=round(page.height, 2),
                rotation=page.rotation,  # pyright: ignore[reportArgumentType]
                source=page.source,  # pyright: ignore[reportArgumentType]
                confidence=page.confidence,
                label=page.label,
                words=self._words,
            )
        )

    def _separate(self, part: Part) -> None:
        before = self._before
        if before is None:
            return
        if before.goes_on and part.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
            self._join(before.lines[-1], part.lines[0])
        elif before.kind is part.kind and part.kind in _SINGLE_BREAK:
            self._write("\n")
        else:
            self._write("\n\n")

    def _part(self, part: Part) -> None:
        start = self._length
        if part.written is not None:
            self._write(part.written)
        elif part.grid is not None:
            self._table(part.grid, part.page)
        elif part.kind in {BlockKind.CODE, BlockKind.FORMULA}:
            self._kept_lines(part)
        else:
            self._prose(part.lines)
        if self._length > start:
            self._result.blocks.append(
                Block(part.kind, start, self._length, part.page, part.level, part.hidden, part.author)
            )

    def _prose(self, lines: Sequence[Run]) -> None:
        before: Run | None = None
        for line in lines:
            if before is not None:
                self._join(before, line)
            self._line(line)
            before = line

    def _join(self, before: Run, line: Run) -> None:
        """Pass from one line to the next: a space, or nothing inside a word that was cut."""
        last, first = before.words[-1].text, line.words[0].text
        if not hyphens.ends_cut(last) or not first[:1].isalnum():
            if not (last.endswith(("/", "–")) and _address(last)):
                self._write(" ")
        elif not hyphens.keeps_hyphen(last, first, self._known):
            self._take_back()

    def _take_back(self) -> None:
        """Remove the hyphen that was written last; its word ends before it."""
        self._pieces[-1] = self._pieces[-1][:-1]
        self._length -= 1
        words = self._words or (self._result.pages[-1].words if self._result.pages else [])
        if words and words[-1].end == self._length + 1:
            last = words[-1]
            words[-1] = Word(last.start, last.end - 1, last.left, last.top, last.right, last.bottom)
        self._shorten()

    def _shorten(self) -> None:
        """Bring back inside the text what ended with the removed hyphen."""
        blocks, pages = self._result.blocks, self._result.pages
        if blocks and blocks[-1].end > self._length:
            last = blocks[-1]
            blocks[-1] = Block(last.kind, last.start, self._length, last.page, last.level, last.hidden, last.author)
        if pages and pages[-1].end > self._length:
            page = pages[-1]
            pages[-1] = Page(
                page.number, page.start, self._length, page.width, page.height, page.rotation, page.source,
                page.confidence, page.label, page.words,
            )  # fmt: skip

    def _line(self, line: Run) -> None:
        before, at, pieces, words = None, self._length, self._pieces, self._words
        for word in line.words:  # the longest loop of a document: nothing is called in it that may be written out
            if before is not None and not touching(before, word):
                pieces.append(" ")
                at += 1
            start, at = at, at + len(word.text)
            pieces.append(word.text)
            words.append(Word(start, at, *word.box))
            before = word
        self._length = at

    def _kept_lines(self, part: Part) -> None:
        """Write code: its lines and how far they are set in."""
        left = min(line.left for line in part.lines)
        before: Run | None = None
        for line in part.lines:
            if before is not None:
                self._write("\n")
            if part.kind is BlockKind.CODE:
                self._write(" " * min(40, round((line.left - left) / (0.6 * line.size or 1))))
            self._line(line)
            before = line

    def _table(self, grid: Grid, page: int) -> None:
        start = self._length
        cells: list[Cell] = []
        row = column = -1
        for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
            if row >= 0:
                self._write("\n" if cell.row != row else " | ")
            row, column = cell.row, cell.column
            at = self._length
            self._prose(cell.lines)
            cells.append(Cell(row, column, at, self._length, cell.rows, cell.columns, cell.header))
        self._result.tables.append(Table(start, self._length, page, cells))

    def _write(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._length += len(text)


def _address(word: str) -> bool:
    """Tell whether a word looks like the beginning of a web address cut after a bar."""
    return "://" in word or word.startswith("www.")
