"""The words of a page, with their boxes, size and style, from PDFium's own calls.

A call costs about 1 µs, so nothing is asked for each character: the first and the last of each word give its box, and
the style is asked once for each run of text.
"""

import ctypes
import math
import re
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatelet.documents.parsing.layout.words import Hiding, Word
from chatelet.documents.parsing.pdf import pdfium

_WORD = re.compile(r"[^\s\x00\x02\ufffe\ufeff\u200b]+[\x02\ufffe]?")  # PDFium writes these for a hyphen at a line's end
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|-bd|,b|cmbx|cmb1", re.IGNORECASE)
_MONO = re.compile(r"mono|courier|consol|menlo|typewriter|cmtt|code|terminal|lettergothic", re.IGNORECASE)
_MATH = re.compile(r"cmmi|cmsy|cmex|msam|msbm|math|symbol|stix|mtsy|mtmi|mtex|euclid|rsfs|eufm", re.IGNORECASE)
_FIXED_PITCH, _FORCE_BOLD = 1, 1 << 18
_BOLD_WEIGHT = 600
_SUSPECT_LIGHT = 235  # of 255: lighter than that may be writing nobody sees
_TINY = 2.0  # points
_SAMPLE = 60  # words asked whether their font tells its characters


@dataclass(frozen=True)
class Font:
    """What a font tells of its writing."""

    bold: bool
    mono: bool
    math: bool


@dataclass(frozen=True)
class Style:
    """How a run of text is drawn: size as displayed, direction in degrees (page's space), what makes it suspect."""

    size: float
    angle: int
    font: Font
    invisible: bool
    pale: bool


@dataclass
class Reading:
    """The words of a page in its stream's order, with their directions; `unmapped` words have no sure characters."""

    words: list[Word]
    angles: list[int]
    pale: list[Word]
    objects: dict[int, list[Word]]
    unmapped: int = 0


class Fonts:
    """Fonts already asked about, for one document's page: their addresses do not outlive it."""

    def __init__(self) -> None:
        self._known: dict[int, Font] = {}

    def of(self, text_object: int) -> Font:
        """Return the font of a run of text."""
        address = pdfium.object_font(text_object) or 0
        known = self._known.get(address)
        if known is None:
            known = self._known[address] = _font(address) if address else Font(bold=False, mono=False, math=False)
        return known


def _font(address: int) -> Font:
    name = pdfium.font_name(address)
    flags = pdfium.font_flags(address)
    flags = max(flags, 0)
    bold = bool(_BOLD.search(name)) or bool(flags & _FORCE_BOLD) or pdfium.font_weight(address) >= _BOLD_WEIGHT
    return Font(bold=bold, mono=bool(_MONO.search(name)) or bool(flags & _FIXED_PITCH), math=bool(_MATH.search(name)))


class Frame:
    """Passes from a page's own space to the page as displayed (points, from its top left corner)."""

    def __init__(self, page: pdfium.Page) -> None:
        self.left, self.bottom, self.right, self.top = page.frame
        self.rotation = page.rotation

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is displayed."""
        if self.rotation == 0:
            return x - self.left, self.top - y
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def points(self, places: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return where many points are displayed: rows of x, y."""
        x, y = places[:, 0], places[:, 1]
        if self.rotation == 0:
            return x - self.left, self.top - y
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Return where a box is displayed: left, top, right, bottom."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


class _Measured:
    """Boxes of first and last characters (left, top, right, bottom, upwards), base points, runs and styles of words."""

    def __init__(
        self, boxes: NDArray[np.float32], origins: NDArray[np.float64], runs: list[int], styles: list[Style]
    ) -> None:
        self._low = np.minimum(boxes[:, [0, 3]], boxes[:, [4, 7]]).astype(np.float64)
        self._high = np.maximum(boxes[:, [2, 1]], boxes[:, [6, 5]]).astype(np.float64)
        self._origins = origins
        self.runs = runs
        self.styles = styles

    def wide(self, spans: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Style, bool]]:
        """Yield words and whether they are too wide for one: letters far apart, or two words PDFium took for one."""
        widths: list[float] = (self._high[:, 0] - self._low[:, 0]).tolist()
        for span, style, width in zip(spans, self.styles, widths, strict=True):
            letters = span[1] - span[0]
            yield span, style, letters > 1 and style.angle == 0 and width > style.size * (1.3 * letters + 1)

    def placed(self, frame: Frame, rotation: int) -> list[tuple[float, float, float, float]]:
        """Return the words' boxes as displayed.

        The height of level words comes from the line they are written on: boxes of one line then agree whatever its
        fonts.
        """
        ax, ay = frame.points(self._low)
        bx, by = frame.points(self._high)
        left, right = np.minimum(ax, bx), np.maximum(ax, bx)
        top, bottom = np.minimum(ay, by), np.maximum(ay, by)
        base = frame.points(self._origins)[1]
        size = np.array([style.size for style in self.styles])
        level = np.array([style.angle == rotation for style in self.styles])
        level &= (top - size <= base) & (base <= bottom + size)
        top = np.where(level, base - 0.8 * size, top)
        bottom = np.where(level, base + 0.22 * size, bottom)
        boxes = np.round(np.stack((left, top, right, bottom), axis=1), 1)
        return [(a, b, c, d) for a, b, c, d in boxes.tolist()]


def read(page: pdfium.Page) -> Reading:
    """Return the words of an opened page."""
    handle = pdfium.raw.FPDFText_LoadPage(page.handle)
    if not handle:
        return Reading([], [], [], {})
    try:
        return _Reader(page, handle).read()
    finally:
        pdfium.raw.FPDFText_ClosePage(handle)


class _Reader:
    """Reads one page; holds the buffers the calls write to."""

    def __init__(self, page: pdfium.Page, handle: object) -> None:
        self._page = page
        self._frame = Frame(page)
        self._handle = handle
        self._text = pdfium.address(handle)
        self._fonts = Fonts()
        self._styles: dict[int, Style] = {}
        self._buffer = ctypes.create_string_buffer(64)
        self._at = ctypes.addressof(self._buffer)
        self._result = Reading([], [], [], {})

    def read(self) -> Reading:
        """Return all words, in the order of the page's own stream."""
        count = int(pdfium.raw.FPDFText_CountChars(self._handle))
        if count <= 0:
            return self._result
        text = self._string(count)
        spans = [match.span() for match in _WORD.finditer(text)]
        if not spans:
            return self._result
        measured = self._measured(spans)
        pieces = [self._pieces(*span, style.size) if wide else [span] for span, style, wide in measured.wide(spans)]
        if len(pieces) < sum(len(piece) for piece in pieces):
            spans = [span for piece in pieces for span in piece]
            measured = self._measured(spans)
        self._add(text, spans, measured)
        sample = spans[:: max(1, len(spans) // _SAMPLE)]
        unmapped = sum(pdfium.char_unmapped(self._text, start) == 1 for start, _ in sample)
        self._result.unmapped = round(len(spans) * unmapped / len(sample))
        return self._result

    def _measured(self, spans: list[tuple[int, int]]) -> "_Measured":
        """Ask the boxes of the first and last characters of words, their base line, and the run they are of."""
        boxes = np.empty((len(spans), 8), np.float32)
        origins = np.empty((len(spans), 2), np.float64)
        box, origin = boxes.ctypes.data, origins.ctypes.data
        text, loose_box, char_origin, char_object = (
            self._text, pdfium.loose_box, pdfium.char_origin, pdfium.char_object,
        )  # fmt: skip
        runs: list[int] = []
        styles: list[Style] = []
        before = -1
        for index, (start, end) in enumerate(spans):
            middle = (start + end) // 2  # neither a note's mark before nor one after
            loose_box(text, start, box)
            loose_box(text, end - 1, box + 16)
            run = char_object(text, middle) or 0
            if run and run == before:  # one run stands on one base line
                origins[index] = origins[index - 1]
                styles.append(styles[-1])
            else:
                char_origin(text, middle, origin, origin + 8)
                style = self._styles.get(run)
                if style is None:
                    style = self._styles[run] = self._style(run, middle)
                styles.append(style)
            runs.append(run)
            before = run
            box += 32
            origin += 16
        return _Measured(boxes, origins, runs, styles)

    def _string(self, count: int) -> str:
        buffer = (ctypes.c_ushort * (count * 2 + 2))()
        written = int(pdfium.raw.FPDFText_GetText(self._handle, 0, count, buffer))
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", errors="replace")
        if len(text) == count:
            return text
        codes = (pdfium.char_unicode(self._text, index) for index in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)

    def _add(self, text: str, spans: list[tuple[int, int]], measured: "_Measured") -> None:
        result = self._result
        rotation = self._page.rotation
        width, height = self._page.width + 1, self._page.height + 1
        places = measured.placed(self._frame, rotation)
        for (start, end), box, run, style in zip(spans, places, measured.runs, measured.styles, strict=True):
            written = clean(text[start:end])
            if not written:
                continue
            word = Word(written, box, style.size, len(result.words))
            font = style.font
            word.bold, word.mono, word.math = font.bold, font.mono, font.math
            left, top, right, bottom = box
            if style.invisible:
                word.hidden = Hiding.RENDERING
            elif style.size < _TINY and bottom - top < _TINY:
                word.hidden = Hiding.SIZE
            elif not (-2 <= left + right <= 2 * width and -2 <= top + bottom <= 2 * height):
                word.hidden = Hiding.OUTSIDE
            elif style.pale:
                result.pale.append(word)
            result.words.append(word)
            result.angles.append((style.angle - rotation) % 360)
            result.objects.setdefault(run, []).append(word)

    def _box(self, index: int) -> tuple[float, float, float, float]:
        """Return left, bottom, right, top of a character, in the page's space."""
        pdfium.loose_box(self._text, index, self._at)
        left, top, right, bottom = struct.unpack_from("4f", self._buffer)
        return left, bottom, right, top

    def _pieces(self, start: int, end: int, size: float) -> list[tuple[int, int]]:
        """Cut at the wide gaps inside what PDFium took for one word."""
        cuts = [start]
        right = self._box(start)[2]
        for index in range(start + 1, end):
            box = self._box(index)
            if box[0] - right > size or box[2] < right - size:
                cuts.append(index)
            right = box[2]
        if len(cuts) == 1:  # wide letters, no gap: each character for itself
            cuts = list(range(start, end))
        return list(zip(cuts, [*cuts[1:], end], strict=True))

    def _style(self, run: int, index: int) -> Style:
        size = pdfium.char_font_size(self._text, index)
        a, b, c, d = 1.0, 0.0, 0.0, 1.0
        if pdfium.char_matrix(self._text, index, self._at):
            a, b, c, d = struct.unpack_from("4f", self._buffer)
        size = abs(size) * math.hypot(c, d)
        angle = round(math.degrees(math.atan2(b, a))) % 360
        near = min((0, 90, 180, 270, 360), key=lambda right: abs(right - angle))
        font = self._fonts.of(run) if run else Font(bold=False, mono=False, math=False)
        invisible = bool(run) and pdfium.object_mode(run) in pdfium.INVISIBLE_MODES
        pale = bool(run) and self._is_pale(run)
        return Style(size or 1.0, near % 360 if abs(near - angle) <= 3 else angle, font, invisible, pale)

    def _is_pale(self, run: int) -> bool:
        at = self._at
        if not pdfium.object_fill(run, at, at + 4, at + 8, at + 12):
            return False
        red, green, blue, alpha = struct.unpack_from("4I", self._buffer)
        return min(red, green, blue) >= _SUSPECT_LIGHT or alpha < 255 - _SUSPECT_LIGHT


_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_BULLETS = dict.fromkeys("\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf06e\uf0e0", "•")  # of the symbol fonts of word processors
_HYPHENS = dict.fromkeys("\x02\ufffe\u2010", "-")
_NOTHING = dict.fromkeys("\u2060\u200c\u200d", "")
_CHANGES = str.maketrans({**_LIGATURES, **_BULLETS, **_HYPHENS, **_NOTHING})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\U000e0000-\U000e007f\u202a-\u202e\u2066-\u2069]")
_ACCENTS = {"´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "¨": "\u0308", "¸": "\u0327", "˜": "\u0303"}
_ACCENTED = re.compile("([´`ˆ¨¸˜])([A-Za-zı])")


def clean(written: str) -> str:
    """Return a word's characters: composed, ligatures opened, controls and direction marks left out."""
    if written.isascii() and written.isprintable():
        return written
    text = _CONTROL.sub("", unicodedata.normalize("NFC", written.translate(_CHANGES)))
    return _ACCENTED.sub(_compose, text)


def _compose(match: re.Match[str]) -> str:
    letter = "i" if match[2] == "ı" else match[2]
    composed = unicodedata.normalize("NFC", letter + _ACCENTS[match[1]])
    return composed if len(composed) == 1 else match[0]
