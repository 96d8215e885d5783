"""What stands on a page of a PDF: what shows each word, how it is written, what is around it.

A page draws its words by instructions that each show some letters. Which letters are whose is told by where they stand:
in the box of a word that reading found.
"""

import ctypes
import math
import re
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from chatelet.documents.parsing.document import Page, Word
from chatelet.documents.parsing.pdf import drawings, pdfium
from chatelet.documents.parsing.pdf.characters import Frame
from chatelet.documents.parsing.pdf.drawings import Drawings

OTHER: Final = -1  # the owner of letters that stay
_MOST_OBJECTS: Final = 20_000
_BAND: Final = 8  # points: words are looked for by bands of this height
_NEAR: Final = 0.6  # of a word's height: a letter further away is not its
_UPRIGHT: Final = 0.01  # of a letter's height, how far it may lean
_SHOWN_MODES: Final = frozenset({0, 2})
_BLANKS: Final = frozenset({0, 9, 10, 13, 0x20, 0xA0, 0x200B, 0x202F, 0x3000, *range(0x2000, 0x200B)})
_SERIF_FLAG, _FIXED_FLAG, _ITALIC_FLAG, _BOLD_FLAG = 1 << 1, 1, 1 << 6, 1 << 18
_BOLD: Final = re.compile(r"bold|black|heavy|semibold|demi|-bd|,b|cmbx|sfbx|ecbx", re.IGNORECASE)
_ITALIC: Final = re.compile(r"ital|obli|-it\b|cmti|cmsl|sfti|ecti", re.IGNORECASE)
_MONO: Final = re.compile(r"mono|courier|consol|menlo|typewriter|cmtt|sftt|lettergothic", re.IGNORECASE)
_SANS: Final = re.compile(
    r"sans|arial|helvet|calibri|verdana|tahoma|segoe|roboto|carlito|vera|cmss|marianne|lato|inter", re.IGNORECASE
)
_SERIF: Final = re.compile(
    r"times|serif|roman|garamond|georgia|palat|bookman|schoolbook|minion|cambria|caladea|libertin|cmr|cmbx|cmti|sfr|"
    r"sfbx|sfti|ecrm|lmr|nimbusrom|charter|utopia|tinos|book antiqua",
    re.IGNORECASE,
)
_WEIGHT: Final = 600

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """How letters are written: size in points, family, colour from 0 to 1."""

    size: float
    family: str  # "sans", "serif", "mono"
    bold: bool
    italic: bool
    colour: tuple[float, float, float]


@dataclass(slots=True)
class Show:
    """An instruction that shows letters: whose they are, how they look. No look: not level, not plainly filled."""

    owners: Counter[int] = field(default_factory=Counter[int])
    look: Look | None = None
    base: float = 0.0  # where its letters stand, in points from the bottom of the page's own space


@dataclass(slots=True)
class Survey:
    """What was found of a page; boxes in points from its top left corner, as displayed."""

    shows: list[Show]
    inside: set[int]  # items with letters that a drawing inside the page shows
    drawn: Drawings
    frame: Frame
    width: float
    height: float

    def of(self, item: int) -> list[Show]:
        """Return what shows the letters of an item."""
        return [show for show in self.shows if item in show.owners]


def survey(page: pdfium.Page, told: Page, owners: Sequence[int]) -> Survey:
    """Return what stands on a page; `owners` are the items of its words, or `OTHER`."""
    addresses = list(_texts(page))
    shows = {address: Show() for address in addresses}
    handle = pdfium.raw.FPDFText_LoadPage(page.handle)
    inside: set[int] = set()
    frame = Frame(page)
    if handle:
        try:
            _read(pdfium.address(handle), frame, _Finder(told.words), owners, shows, inside)
        finally:
            pdfium.raw.FPDFText_ClosePage(handle)
    drawn = drawings.read(page, _MOST_OBJECTS)
    return Survey([shows[one] for one in addresses], inside, drawn, frame, page.width, page.height)


class Letter(NamedTuple):
    """How a letter is written, and the height of the line it stands on, in points from the bottom."""

    look: Look
    base: float


def letters(page: pdfium.Page, told: Page, known: dict[Look, Look]) -> list[list[Letter | None]]:
    """Return how the letters of each word of a page are written, in the order shown; none where that is not plain.

    A word written in one way has one entry for all its letters. `known` looks are said once for a whole document.
    """
    shows = {address: Show() for address in _texts(page)}
    handle = pdfium.raw.FPDFText_LoadPage(page.handle)
    order: list[list[int]] = [[] for _ in told.words]
    if handle:
        try:
            words = range(len(told.words))
            _read(pdfium.address(handle), Frame(page), _Finder(told.words), words, shows, set(), order)
        finally:
            pdfium.raw.FPDFText_ClosePage(handle)
    found = {
        address: show.look and Letter(known.setdefault(show.look, show.look), show.base)
        for address, show in shows.items()
    }
    return [[found.get(address) for address in (own[:1] if len(set(own)) == 1 else own)] for own in order]


def _texts(page: pdfium.Page) -> Iterator[int]:
    for index in range(pdfium.page_objects(page.address)):
        address = pdfium.page_object(page.address, index)
        if pdfium.object_type(address) == pdfium.TEXT:
            yield address


def _read(
    text: int,
    frame: Frame,
    finder: "_Finder",
    owners: Sequence[int],
    shows: dict[int, Show],
    inside: set[int],
    order: Sequence[list[int]] = (),
) -> None:
    """Say of each letter whose it is; in `order`, for each word, what shows each of its letters."""
    buffer = ctypes.create_string_buffer(64)
    at = ctypes.addressof(buffer)
    for index in range(int(pdfium.raw.FPDFText_CountChars(ctypes.cast(text, pdfium.raw.FPDF_TEXTPAGE)))):
        if pdfium.char_unicode(text, index) in _BLANKS:
            continue
        address = pdfium.char_object(text, index)
        if not address:
            continue
        pdfium.loose_box(text, index, at)
        left, top, right, bottom = struct.unpack_from("4f", buffer)
        x, y = frame.point((left + right) / 2, (top + bottom) / 2)
        word = finder.at(x, y)
        owner = OTHER if word is None else owners[word]
        show = shows.get(address)
        if show is None:
            inside.add(owner)
            continue
        if owner != OTHER and owner not in show.owners and show.look is None:
            show.look, show.base = _look(text, index, address, at, buffer)
        show.owners[owner] += 1
        if order and word is not None:
            order[word].append(address)


def _look(
    text: int, index: int, address: int, at: int, buffer: "ctypes.Array[ctypes.c_char]"
) -> tuple[Look | None, float]:
    a, b, c, d, base = 1.0, 0.0, 0.0, 1.0, 0.0
    if pdfium.char_matrix(text, index, at):
        a, b, c, d, _, base = struct.unpack_from("6f", buffer)
    if a <= 0 or d <= 0 or abs(b) > _UPRIGHT * a or pdfium.object_mode(address) not in _SHOWN_MODES:
        return None, base
    if not pdfium.object_fill(address, at, at + 4, at + 8, at + 12):
        return None, base
    red, green, blue, _alpha = struct.unpack_from("4I", buffer)
    size = abs(pdfium.char_font_size(text, index)) * math.hypot(c, d)
    font = pdfium.object_font(address) or 0
    name, flags = (pdfium.font_name(font), max(0, pdfium.font_flags(font))) if font else ("", 0)
    bold = bool(_BOLD.search(name)) or bool(flags & _BOLD_FLAG) or (bool(font) and pdfium.font_weight(font) >= _WEIGHT)
    italic = bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG) or abs(c) > 0.1 * d
    return Look(round(size, 2), _family(name, flags), bold, italic, (red / 255, green / 255, blue / 255)), base


def _family(name: str, flags: int) -> str:
    if _MONO.search(name) or flags & _FIXED_FLAG:
        return "mono"
    if _SANS.search(name):
        return "sans"
    return "serif" if _SERIF.search(name) or flags & _SERIF_FLAG else "sans"


class _Finder:
    """Finds the word that a letter stands in: most often the one of the letter before, or the next."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._last = 0
        self._bands: dict[int, list[int]] = {}
        for index, word in enumerate(words):
            around = _NEAR * (word.bottom - word.top)
            for band in range(int((word.top - around) // _BAND), int((word.bottom + around) // _BAND) + 1):
                self._bands.setdefault(band, []).append(index)

    def at(self, x: float, y: float) -> int | None:
        """Return the number of a word."""
        for index in (self._last, self._last + 1):
            if index < len(self._words) and _away(self._words[index], x, y) <= 0:
                self._last = index
                return index
        near = [(_away(self._words[index], x, y), index) for index in self._bands.get(int(y // _BAND), ())]
        away, index = min(near, default=(math.inf, -1))
        if index < 0 or away > _NEAR * (self._words[index].bottom - self._words[index].top):
            return None
        self._last = index
        return index


def _away(word: Word, x: float, y: float) -> float:
    return max(word.left - x, x - word.right, 0.0) + max(word.top - y, y - word.bottom, 0.0)
