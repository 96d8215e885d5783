"""What reading a file gives, whatever its format: one text in reading order, and what stands where in it.

Every position counts characters (code points) of `ParsedDocument.text`, end excluded: a citation, a passage, a
highlighted word are positions in that one text. Lengths on pages are points (1/72 inch) from the top left corner of
the page as it is displayed, after its rotation. The structures cross the border of the reader's process as MessagePack.
"""

from enum import StrEnum
from typing import Literal

import msgspec

FORMAT_VERSION = 1  # of what is stored; a document read by an older one is read again when it is indexed anew


class Status(StrEnum):
    """How reading ended. Anything but `READ` and `PARTIAL` has no text to answer from, and says why."""

    READ = "read"
    PARTIAL = "partial"  # some pages or parts could not be read: the report names them
    EMPTY = "empty"  # opened, but nothing legible in it
    PASSWORD_REQUIRED = "password_required"  # noqa: S105
    DAMAGED = "damaged"
    UNSUPPORTED = "unsupported"  # a kind of file that is not read, or content that belies its extension
    REFUSED = "refused"  # over a limit, or dangerous to open


class BlockKind(StrEnum):
    """What a stretch of text is. Those of `ASIDE` are beside the body: kept, told as such, never mixed into it."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"
    CODE = "code"
    FORMULA = "formula"
    METADATA = "metadata"  # sender, date and subject of a mail, form fields
    FOOTNOTE = "footnote"
    SPEAKER_NOTES = "speaker_notes"
    COMMENT = "comment"
    INSERTION = "insertion"  # a tracked change
    DELETION = "deletion"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"


ASIDE = frozenset(
    {
        BlockKind.FOOTNOTE,
        BlockKind.SPEAKER_NOTES,
        BlockKind.COMMENT,
        BlockKind.INSERTION,
        BlockKind.DELETION,
        BlockKind.PAGE_HEADER,
        BlockKind.PAGE_FOOTER,
    }
)


class Word(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A word and its box on its page."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float


class Page(msgspec.Struct, frozen=True, gc=False):
    """One page, slide or sheet; formats without pages have none. `confidence` (0 to 1) is the recognition's own."""

    number: int  # from 1
    start: int
    end: int
    width: float = 0
    height: float = 0
    rotation: Literal[0, 90, 180, 270] = 0  # already applied to the boxes
    source: Literal["text", "ocr", "none"] = "text"
    confidence: float | None = None
    label: str | None = None  # name of a sheet, title of a slide, printed page number
    words: list[Word] = []


class Block(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the text: `level` is a heading's or a list's depth, `author` a comment's or a change's."""

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    level: int = 0
    hidden: bool = False  # invisible to whoever looks at the document: flagged, never quoted as visible
    author: str | None = None


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A cell of a table, its place (from 0), how far it spreads, and its text's place in the document's text."""

    row: int
    column: int
    start: int
    end: int
    rows: int = 1
    columns: int = 1
    header: bool = False


class Table(msgspec.Struct, frozen=True, gc=False):
    """A table; its text is in the document's text row by row, cells separated by ` | `."""

    start: int
    end: int
    page: int | None
    cells: list[Cell]


class Finding(msgspec.Struct, frozen=True, gc=False):
    """Something the reader of the report should know; `code` has its sentence in the page, in both languages."""

    code: str
    page: int | None = None
    params: dict[str, str | int | float] = {}


class Sensitivity(msgspec.Struct, frozen=True, gc=False):
    """What detectors found in the text (how many of each type), the label and the verdict that they ask for.

    `marked` is the level that markings alone ask for.
    """

    level: str
    marked: str
    categories: list[str]
    verdict: str
    found: dict[str, int]


class Report(msgspec.Struct, frozen=True, gc=False):
    """The reading report: what was read, how, and what was left out and why."""

    status: Status
    pages: int = 0
    pages_read: int = 0
    pages_recognised: int = 0
    confidence: float | None = None  # mean of the recognised pages
    engine: str | None = None  # which recognition read them
    findings: list[Finding] = []
    sensitivity: Sensitivity | None = None


class Attachment(msgspec.Struct, frozen=True, gc=False):
    """A file inside the file (of a mail, of an archive), under its own name."""

    name: str
    size: int
    document: "ParsedDocument"


class ParsedDocument(msgspec.Struct, frozen=True, gc=False):
    """All that was read. `kind` is the format found in the content, whatever the name says."""

    kind: str
    text: str
    report: Report
    title: str | None = None
    pages: list[Page] = []
    blocks: list[Block] = []
    tables: list[Table] = []
    attachments: list[Attachment] = []
    whole: str | None = None  # of a short page of the web, also what stands around its article: never quoted
