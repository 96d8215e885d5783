"""What a format offers to whoever writes other words into a document: its segments, and the same document with others.

    segments(data) -> Segment 0, 1, 2…                   the words, in reading order
    rebuild(data, {0: pieces, 2: pieces}, options)       the same file, those segments replaced, all else untouched

A segment is what is translated at once: a paragraph, a cell, a heading, a note. Its pieces are its words and, between
them, what the words stand in: a `mark` opens and closes a run of another style (bold, a link), a `fixed` piece is
something that is no word and must stay (an image, a note's call, a field, a tab, a formula). Marks and fixed pieces are
numbered from 1 inside their segment; a replacement holds each of them once, marks well nested. `rebuild` refuses
another set (`PiecesMisplaced`): it is asked again with the segment left out, and that one stays as it was.

Segments are numbered from 0 by one walk that both functions share: the same bytes give the same numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

import msgspec

PdfAs = Literal["docx", "odt", "pdf"]


class Part(StrEnum):
    """Where a segment stands, which changes how it is written and told of."""

    BODY = "body"
    HEADING = "heading"
    CELL = "cell"
    NOTE = "note"  # foot and end notes, speaker notes
    HEADER = "header"  # and footers
    COMMENT = "comment"
    BOX = "box"  # text boxes, shapes
    ALTERNATIVE = "alternative"  # the text that stands for an image
    TITLE = "title"  # of the document, in its metadata
    CUE = "cue"  # of subtitles


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """`text` holds `text` and no number; `open`, `close` (the pair shares its number) and `fixed` hold a number.

    The `text` of a fixed piece is what a reader sees there, for context ("[image]", a formula, a tab); never written.
    """

    kind: Literal["text", "open", "close", "fixed"]
    text: str = ""
    number: int = 0


class Segment(msgspec.Struct, frozen=True):
    """`number` from 0; `locked`: shown for context (formula, code, reference list), never replaced."""

    number: int
    pieces: tuple[Piece, ...]
    part: Part = Part.BODY
    page: int | None = None  # where the format knows it: slide, sheet, page of a PDF; from 1
    locked: bool = False
    language: str | None = None  # BCP 47, where the format says it

    @property
    def text(self) -> str:
        """Return the words alone."""
        return "".join(piece.text for piece in self.pieces if piece.kind == "text")


@dataclass(frozen=True, slots=True)
class Options:
    """How a document is written back.

    `language` (BCP 47) is set on what was replaced. `mark_ai`: metadata say that a machine wrote it, `visible_mark` (a
    sentence) also at the end of the body. `unsure`: numbers of segments to highlight. `track`: replacements are
    recorded as changes by `author`, dated `at` (ISO 8601, UTC), where the format has them (DOCX, ODT). `pdf_as`: what a
    PDF comes back as; a DOCX also when no page of it allows other words in place.
    """

    language: str | None = None
    mark_ai: bool = True
    visible_mark: str | None = None
    unsure: frozenset[int] = frozenset()
    track: bool = False
    author: str = "Châtelet"
    at: str = ""
    pdf_as: PdfAs = "docx"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The new file. `left_out`: coded remarks on what was not kept or not done (macros, signatures, no tracking).

    `kept`: segments that could not be written where they stand and stayed as they were, and why (pages of a PDF).
    """

    data: bytes
    kind: str  # as in documents.parsing.detect; a PDF may come back as "docx"
    replaced: int
    left_out: Sequence[str] = field(default_factory=tuple)
    kept: Mapping[int, Literal["page_kept", "no_room", "no_font"]] = field(
        default_factory=dict[int, Literal["page_kept", "no_room", "no_font"]]
    )


class PiecesMisplaced(Exception):
    """Raised with the number of the segment whose replacement lacks, repeats or crosses marks or fixed pieces."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Format(Protocol):
    """A format that can be written back. Both raise `parsing.outcome.NotRead` on what cannot be opened."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return the words of the file, numbered."""
        ...

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the file with these segments replaced. Raises `PiecesMisplaced`."""
        ...


def check_pieces(number: int, original: Sequence[Piece], replacement: Sequence[Piece]) -> None:
    """Refuse a replacement that does not hold the original's marks and fixed pieces once each, well nested."""
    wanted = sorted((piece.kind, piece.number) for piece in original if piece.kind != "text")
    given = sorted((piece.kind, piece.number) for piece in replacement if piece.kind != "text")
    opened: list[int] = []
    for piece in replacement:
        if piece.kind == "open":
            opened.append(piece.number)
        elif piece.kind == "close" and (not opened or opened.pop() != piece.number):
            raise PiecesMisplaced(number)
    if wanted != given or opened:
        raise PiecesMisplaced(number)
