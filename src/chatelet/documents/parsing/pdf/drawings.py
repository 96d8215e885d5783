"""What is drawn on a page besides text: lines and rectangles (tables), pictures (scans), what may cover text."""

import ctypes
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from chatelet.documents.parsing.layout.words import Rule
from chatelet.documents.parsing.pdf import pdfium
from chatelet.documents.parsing.pdf.characters import Frame

_THIN = 2.5  # points: thinner is a line
_MOST_DEPTH = 4
_MOST_SEGMENTS = 12  # of a rectangle, however it is written
_COVER = 40.0  # square points: what is smaller covers no word


@dataclass
class Cover:
    """Something opaque, and how many text objects were drawn before it."""

    box: tuple[float, float, float, float]
    after: int


@dataclass
class Picture:
    """A picture, where it is, and how many of its pixels stand on an inch (0 when it does not tell)."""

    box: tuple[float, float, float, float]
    dpi: float


@dataclass
class Drawings:
    """What was found; boxes as displayed."""

    rules: list[Rule] = field(default_factory=list[Rule])
    pictures: list[Picture] = field(default_factory=list["Picture"])
    covers: list[Cover] = field(default_factory=list[Cover])
    texts: dict[int, int] = field(default_factory=dict[int, int])  # rank of each text object, by its address
    truncated: bool = False

    def covered(self, width: float, height: float) -> float:
        """Return the share of the page that pictures cover."""
        area = sum(
            max(0.0, min(p.box[2], width) - max(p.box[0], 0)) * max(0.0, min(p.box[3], height) - max(p.box[1], 0))
            for p in self.pictures
        )
        return min(1.0, area / (width * height)) if width * height else 0.0


def read(page: pdfium.Page, most: int) -> Drawings:
    """Return what is drawn on a page, at most `most` objects looked at."""
    return _Reader(page, most).read()


class _Reader:
    """Goes through a page's objects; holds the buffer the calls write to."""

    def __init__(self, page: pdfium.Page, most: int) -> None:
        self._page = page
        self._frame = Frame(page)
        self._left = most
        self._buffer = ctypes.create_string_buffer(64)
        self._at = ctypes.addressof(self._buffer)
        self._result = Drawings()

    def read(self) -> Drawings:
        """Return all that was found."""
        for address, kind in self._objects():
            if kind == pdfium.TEXT:
                self._result.texts[address] = len(self._result.texts)
            elif kind == pdfium.PATH:
                self._path(address)
            elif kind == pdfium.IMAGE:
                self._picture(address)
        return self._result

    def _objects(self) -> Iterator[tuple[int, int]]:
        for index in range(pdfium.page_objects(self._page.address)):
            address = pdfium.page_object(self._page.address, index)
            kind = pdfium.object_type(address)
            if kind == pdfium.TEXT:
                yield address, kind
                continue
            self._left -= 1
            if self._left < 0:
                self._result.truncated = True
                continue
            if kind == pdfium.FORM:
                yield from self._inside(address, 1)
            else:
                yield address, kind

    def _inside(self, form: int, depth: int) -> Iterator[tuple[int, int]]:
        """Yield what a form holds, when it is not moved: its objects are told in its own space."""
        if not self._in_place(form) or depth > _MOST_DEPTH:
            yield form, pdfium.IMAGE
            return
        for index in range(min(pdfium.form_objects(form), max(0, self._left))):
            self._left -= 1
            address = pdfium.form_object(form, index)
            kind = pdfium.object_type(address) if address else 0
            if kind == pdfium.FORM:
                yield from self._inside(address, depth + 1)
            elif kind:
                yield address, kind

    def _in_place(self, form: int) -> bool:
        if not pdfium.object_matrix(form, self._at):
            return True
        return all(
            abs(value - still) < 0.001
            for value, still in zip(struct.unpack_from("6f", self._buffer), (1, 0, 0, 1, 0, 0), strict=True)
        )

    def _box(self, address: int) -> tuple[float, float, float, float] | None:
        at = self._at
        if not pdfium.object_bounds(address, at, at + 4, at + 8, at + 12):
            return None
        left, bottom, right, top = struct.unpack_from("4f", self._buffer)
        return self._frame.box(left, bottom, right, top)

    def _picture(self, address: int) -> None:
        box = self._box(address)
        if box is None:
            return
        self._result.pictures.append(Picture(box, self._dpi(address, box)))
        if _area(box) > _COVER:
            self._result.covers.append(Cover(box, len(self._result.texts)))

    def _dpi(self, address: int, box: tuple[float, float, float, float]) -> float:
        if not pdfium.picture_size(address, self._at, self._at + 4):
            return 0.0
        width, height = struct.unpack_from("2I", self._buffer)
        sides = max(width, height) / max(1.0, box[2] - box[0], box[3] - box[1])
        return 72.0 * sides

    def _path(self, address: int) -> None:
        if pdfium.path_segments(address) > _MOST_SEGMENTS:
            return
        box = self._box(address)
        if box is None:
            return
        at = self._at
        filled = stroked = 0
        if pdfium.path_mode(address, at, at + 4):
            filled, stroked = struct.unpack_from("2i", self._buffer)
        if not filled and not stroked:
            return
        left, top, right, bottom = box
        if right - left <= _THIN or bottom - top <= _THIN:
            if right - left > _THIN or bottom - top > _THIN:
                self._result.rules.append(Rule(left, top, right, bottom))
            return
        if filled and _area(box) > _COVER:
            self._result.covers.append(Cover(box, len(self._result.texts)))
        if _area(box) < 0.8 * self._page.width * self._page.height:
            self._result.rules += [
                Rule(left, top, right, top), Rule(left, bottom, right, bottom),
                Rule(left, top, left, bottom), Rule(right, top, right, bottom),
            ]  # fmt: skip


def _area(box: tuple[float, float, float, float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
