"""XLSX written back: shared and inline strings, comments, drawings; formulas, numbers, dates and names are not read.

workbook -> what must keep its words (names of tables' columns, words that formulas compare) -> shared strings
         -> each sheet (page = sheet): inline strings, comments, drawings

A string that several cells share is one segment, told on the first sheet that shows it. Sheets go by as bytes: no cell
is held.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from chatelet.documents.parsing.ooxml import Package, child
from chatelet.documents.rebuilding import ooxml_package as ooxml
from chatelet.documents.rebuilding.cell_text import CellReader, CellWriting
from chatelet.documents.rebuilding.contract import Options, Part, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.drawing_text import DrawingReader, DrawingWriting
from chatelet.documents.rebuilding.office_file import OfficeFile, opened
from chatelet.documents.rebuilding.pptx import read_graphics
from chatelet.documents.rebuilding.segmenting import Remark, Walk
from chatelet.documents.rebuilding.xml_splice import text_of

_SHARED: Final = re.compile(rb"\bt=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})\s*<")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?(?:f|formula1|formula2)(?:\s[^>]*)?>([^<]*\"[^<]*)<")
_FIELD: Final = re.compile(rb"<(?:\w+:)?(?:tableColumn|cacheField)\s[^>]*?\bname=\"([^\"]*)\"")
_ITEM: Final = re.compile(rb"<(?:\w+:)?s\s[^>]*?\bv=\"([^\"]*)\"")
_CHARACTER: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WORDS: Final = re.compile(r'"([^"]{1,255})"')
_OVERLAP: Final = 4_096
_MOST_WORDS: Final = 50_000


class Xlsx:
    """The format of Excel, and of whoever writes it."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return the words of the file, numbered."""
        walk = Walk()
        _walk(opened(data, walk))
        return walk.segments

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the file with these segments replaced; the format records no change of words."""
        walk = Walk(replacements, options)
        if options.track:
            walk.remark(Remark.NO_TRACKING)
        office = opened(data, walk)
        _walk(office)
        ooxml.finish(office)
        return office.rebuilt("xlsx")


@dataclass(slots=True)
class _Seen:
    """What the sheets say of the strings, before these are read."""

    pages: dict[int, int] = field(default_factory=dict[int, int])  # of a shared string: its first sheet
    kept: set[str] = field(default_factory=set[str])  # words that something else names
    inline: set[str] = field(default_factory=set[str])  # sheets that hold strings of their own


def _walk(office: OfficeFile) -> None:
    package = ooxml.package_of(office, "xlsx")
    main = package.main_part()
    root = package.part(main)
    ooxml.read_title(office)
    sheets = ooxml.listed(package, main, ooxml.identifiers(child(root, "sheets")), {"worksheet", "chartsheet"})
    seen = _Seen()
    for number, sheet in enumerate(sheets, 1):
        _look(office, sheet, number, seen)
    for name in office.archive.names:
        if name.startswith(("xl/tables/", "xl/pivotCache/pivotCacheDefinition")):
            seen.kept |= set(_named(office.archive.read(name)))
    writing, drawing = CellWriting(office.walk.options), DrawingWriting(office.walk.options)
    for name in ooxml.targets(package, main, "sharedStrings"):
        office.read(name, CellReader(office.walk, writing, frozenset({"si"}), Part.CELL, seen.pages, seen.kept))
    for number, sheet in enumerate(sheets, 1):
        office.walk.place.page = number
        mark = office.walk.options.visible_mark if number == 1 and office.is_written else None
        if sheet in seen.inline or mark:
            office.read(sheet, CellReader(office.walk, writing, frozenset({"is"}), Part.CELL, {}, seen.kept, mark))
        _read_beside(office, package, sheet, writing, drawing)
    office.walk.place.page = None


def _look(office: OfficeFile, sheet: str, number: int, seen: _Seen) -> None:
    """Look through a sheet's bytes for the strings it shows and the words its formulas compare."""
    tail = b""
    for piece in office.archive.pieces(sheet):
        window = tail + piece
        for found in _SHARED.finditer(window):
            seen.pages.setdefault(int(found[1]), number)
        if len(seen.kept) < _MOST_WORDS:
            for found in _FORMULA.finditer(window):
                seen.kept |= set(_compared(text_of(found[1])))
        if b"inlineStr" in window:
            seen.inline.add(sheet)
        tail = window[-_OVERLAP:]


def _compared(formula: str) -> Iterator[str]:
    for words in _WORDS.findall(formula):
        yield words.strip()
        yield from (word.strip() for word in words.split(","))


def _named(data: bytes) -> Iterator[str]:
    for pattern in (_FIELD, _ITEM):
        for found in pattern.finditer(data):
            yield _CHARACTER.sub(lambda code: chr(int(code[1], 16)), text_of(found[1])).strip()


def _read_beside(
    office: OfficeFile, package: Package, sheet: str, writing: CellWriting, drawing: DrawingWriting
) -> None:
    for name in ooxml.targets(package, sheet, "comments"):
        office.read(name, CellReader(office.walk, writing, frozenset({"text"}), Part.COMMENT, {}, set()))
    for name in ooxml.targets(package, sheet, "threadedComment"):
        office.read(name, DrawingReader(office.walk, drawing, Part.COMMENT))
    for name in ooxml.targets(package, sheet, "drawing"):
        office.read(name, DrawingReader(office.walk, drawing))
        read_graphics(office, package, name, drawing)
