"""A document being read: one text that grows, and what stands where in it.

Every reader writes here, so that positions, separators, invisible characters (TA-051) and limits are the same for all
formats. Asides that belong at the end of the document (notes, comments) wait in `later`.
"""

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from chatelet.documents.parsing.document import (
    ASIDE,
    Attachment,
    Block,
    BlockKind,
    Cell,
    Finding,
    Page,
    ParsedDocument,
    Report,
    Status,
    Table,
)
from chatelet.documents.parsing.invisible import clean
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import Value

_TIGHT = {BlockKind.LIST_ITEM, BlockKind.METADATA}  # one line each, without an empty line between
_BLANKS = re.compile(r"[ \t\u2028\u2029]*\n[ \t\u2028\u2029]*")
CELL_SEPARATOR = " | "


@dataclass(slots=True)
class GridCell:
    """A cell before its place in the text is known."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    header: bool = False


@dataclass(slots=True)
class _Aside:
    kind: BlockKind
    text: str
    author: str | None
    hidden: bool


@dataclass(slots=True)
class Draft:
    """The growing text of one document."""

    kind: str
    limits: Limits
    title: str | None = None
    attachments: list[Attachment] = field(default_factory=list[Attachment])
    findings: list[Finding] = field(default_factory=list[Finding])
    is_partial: bool = False
    whole: str | None = None
    _pieces: list[str] = field(default_factory=list[str])
    _length: int = 0
    _pages: list[Page] = field(default_factory=list[Page])
    _blocks: list[Block] = field(default_factory=list[Block])
    _tables: list[Table] = field(default_factory=list[Table])
    _later: list[_Aside] = field(default_factory=list[_Aside])
    _page: int | None = None
    _cells: int = 0
    _is_full: bool = False
    _removed: int = 0
    _messages: list[str] = field(default_factory=list[str])

    def block(
        self, kind: BlockKind, text: str, *, level: int = 0, hidden: bool = False, author: str | None = None
    ) -> None:
        """Add a stretch of text, on lines of its own; nothing when no character of it is seen."""
        seen = self.cleaned(text)
        is_code = kind is BlockKind.CODE
        seen = seen.strip("\n").rstrip() if is_code else _BLANKS.sub("\n", seen).strip(" \n\t")
        if not self._has_room(len(seen)):  # the beginning of the first that is too long, nothing of those after it
            seen = "" if self._is_full else seen[: max(0, self.limits.characters - self._length)].rstrip()
            self._is_full = True
        if not seen:
            return
        self._separate(kind)
        start = self._length
        self._write(seen)
        self._blocks.append(Block(kind, start, self._length, self._page, level, hidden, author))

    def later(self, kind: BlockKind, text: str, *, author: str | None = None, hidden: bool = False) -> None:
        """Keep an aside for the end of the document."""
        self._later.append(_Aside(kind, text, author, hidden))

    def table(self, cells: Sequence[GridCell], *, hidden: bool = False) -> None:
        """Add a table, row by row; places that a merged cell covers stay empty, so that columns keep their rank."""
        kept = self._within(cells)
        if not any(cell.text.strip() for cell in kept):
            return
        self._separate(BlockKind.TABLE)
        start, placed = self._length, list[Cell]()
        used = sorted({cell.column for cell in kept})
        ranks = {column: rank for rank, column in enumerate(used)}
        row, column = kept[0].row, 0
        for cell in kept:
            if cell.row != row:
                self._write("\n")
                row, column = cell.row, 0
            self._write(CELL_SEPARATOR * (ranks[cell.column] - column))
            column = ranks[cell.column]
            begins = self._length
            self._write(" ".join(self.cleaned(cell.text).split()))
            placed.append(
                Cell(cell.row, cell.column, begins, self._length, cell.rows, cell.columns, header=cell.header)
            )
        self._tables.append(Table(start, self._length, self._page, placed))
        self._blocks.append(Block(BlockKind.TABLE, start, self._length, self._page, hidden=hidden))

    @contextmanager
    def page(self, label: str | None = None) -> Generator[None]:
        """Count what is added within as one more page, slide or sheet."""
        number, start = len(self._pages) + 1, self._length
        self._page = number
        try:
            yield
        finally:
            begins = min(start + (2 if start and self._length > start else 0), self._length)
            self._pages.append(Page(number, begins, self._length, label=label))
            self._page = None

    @property
    def blocks(self) -> Sequence[Block]:
        """What was added until now."""
        return self._blocks

    @property
    def page_number(self) -> int | None:
        """The page being written."""
        return self._page

    def find(self, code: str, *, page: int | None = None, **params: Value) -> None:
        """Tell something in the report, once."""
        finding = Finding(code, page, params)
        if finding not in self.findings:
            self.findings.append(finding)

    def leave_out(self, code: str, **params: Value) -> None:
        """Tell that a part of the file was not read."""
        self.is_partial = True
        finding = Finding(code, params=params)
        self.findings += [] if finding in self.findings else [finding]

    def cleaned(self, text: str) -> str:
        """Return the text without what nobody sees, counting it."""
        result = clean(text)
        self._removed += result.removed
        if result.message:
            self._messages.append(result.message)
        return result.text

    def document(self) -> ParsedDocument:
        """Return what was read, its asides at the end."""
        for aside in self._later:
            self.block(aside.kind, aside.text, author=aside.author, hidden=aside.hidden)
        self._later.clear()
        self._tell_of_invisible()
        text = "".join(self._pieces)
        status = self._status(text)
        if status is Status.EMPTY:
            self.find("no_text")
        report = Report(status, len(self._pages), sum(page.end > page.start for page in self._pages))
        title = " ".join(self.cleaned(self.title).split())[:300] if self.title else None
        return ParsedDocument(
            self.kind,
            text,
            _with_findings(report, self.findings),
            title or self._first_title(text),
            self._pages,
            self._blocks,
            self._tables,
            self.attachments,
            self.whole,
        )

    def _status(self, text: str) -> Status:
        if not text and not any(attachment.document.text for attachment in self.attachments):
            return Status.EMPTY
        return Status.PARTIAL if self.is_partial else Status.READ

    def _first_title(self, text: str) -> str | None:
        for block in self._blocks[:20]:
            if block.kind in {BlockKind.TITLE, BlockKind.HEADING} and not block.hidden:
                return " ".join(text[block.start : block.end].split())[:300]
        return None

    def _tell_of_invisible(self) -> None:
        if self._removed:
            self.find("invisible_characters", count=self._removed)
        if self._messages:
            self.find("invisible_message", text=" ".join(self._messages)[:200])
        if any(block.hidden for block in self._blocks):
            self.find("hidden_text", count=sum(block.hidden for block in self._blocks))
        aside = sum(block.kind in ASIDE and block.kind in _TOLD for block in self._blocks)
        if aside:
            self.find("comments_and_changes", count=aside)

    def _within(self, cells: Sequence[GridCell]) -> list[GridCell]:
        left = max(0, self.limits.cells - self._cells)
        self._cells += len(cells)
        if len(cells) > left:
            self.leave_out("too_many_cells", most=self.limits.cells)
        kept = list(cells[:left])
        return kept if self._has_room(sum(len(cell.text) for cell in kept)) else []

    def _has_room(self, size: int) -> bool:
        if not self._is_full and self._length + size <= self.limits.characters:
            return True
        self.leave_out("text_too_long", most=self.limits.characters)
        return False

    def _separate(self, kind: BlockKind) -> None:
        if self._length:
            last = self._blocks[-1].kind if self._blocks else None
            self._write("\n" if kind in _TIGHT and last == kind else "\n\n")

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


_TOLD = {BlockKind.COMMENT, BlockKind.INSERTION, BlockKind.DELETION}


def _with_findings(report: Report, findings: list[Finding]) -> Report:
    return Report(report.status, report.pages, report.pages_read, findings=findings)
