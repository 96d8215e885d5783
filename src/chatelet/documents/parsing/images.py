"""How large an image is, told by its header before a single pixel is decoded (TA-076).

PNG, JPEG, TIFF, WebP and HEIC. The largest of what a file declares counts: a decoder believes any of it. Metadata such
as the place of a photo (TA-079) is never read.
"""

import struct
from collections.abc import Callable, Iterator
from typing import NamedTuple

from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import damaged, refused

_FRAMES = 1_000
_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = {0x01, *range(0xD0, 0xD8)}


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int

    @property
    def pixels(self) -> int:
        """How many pixels a decoder would make."""
        return self.width * self.height


def refuse_large(data: bytes, kind: str, limits: Limits) -> list[Size]:
    """Return the size of each frame; refuse the file when one, or all of them together, is beyond the limit."""
    try:
        sizes = list(_READERS[kind](data))
    except (struct.error, IndexError) as error:
        raise damaged("image_damaged") from error
    if not sizes or any(size.pixels <= 0 for size in sizes):
        raise damaged("image_damaged")
    for size in sizes:
        if size.pixels > limits.pixels:
            raise refused("image_too_large", width=size.width, height=size.height, most=limits.pixels)
    if len(sizes) > limits.pages:
        raise refused("too_many_pages", most=limits.pages)
    return sizes


def _png(data: bytes) -> Iterator[Size]:
    if data[12:16] == b"IHDR":
        yield Size(*struct.unpack(">II", data[16:24]))


def _jpeg(data: bytes) -> Iterator[Size]:
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            return
        marker = data[place + 1]
        if marker == 0xFF or marker in _JPEG_ALONE:
            place += 1 if marker == 0xFF else 2
            continue
        if marker in {0xD9, 0xDA}:
            return
        if marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            yield Size(width, height)
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")


def _webp(data: bytes) -> Iterator[Size]:
    place = 12
    while place + 8 <= len(data):
        name, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        body = data[place + 8 : place + 8 + min(length, 32)]
        if name in {b"VP8X", b"ANMF"}:
            begin = 4 if name == b"VP8X" else 6
            width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (begin, begin + 3))
            yield Size(width, height)
        elif name == b"VP8L":
            bits = int.from_bytes(body[1:5], "little")
            yield Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        elif name == b"VP8 ":
            width, height = struct.unpack("<HH", body[6:10])
            yield Size(width & 0x3FFF, height & 0x3FFF)
        place += 8 + length + (length & 1)


def _tiff(data: bytes) -> Iterator[Size]:
    order = "<" if data[:2] == b"II" else ">"
    is_big = data[2:4] in {b"+\x00", b"\x00+"}
    pointer, count, entry = ("Q", "Q", 20) if is_big else ("I", "H", 12)
    (place,) = struct.unpack_from(order + pointer, data, 8 if is_big else 4)
    seen: set[int] = set()
    while place and place not in seen and len(seen) <= _FRAMES:
        seen.add(place)
        (entries,) = struct.unpack_from(order + count, data, place)
        place += struct.calcsize(count)
        tags = dict(_tag(data, order, place + entry * index, is_big=is_big) for index in range(min(entries, 500)))
        yield Size(tags.get(256, 0), tags.get(257, 0))
        (place,) = struct.unpack_from(order + pointer, data, place + entry * entries)


def _tag(data: bytes, order: str, place: int, *, is_big: bool) -> tuple[int, int]:
    number, kind = struct.unpack_from(order + "HH", data, place)
    written = {1: "B", 3: "H", 4: "I", 16: "Q"}.get(kind, "B")
    return number, struct.unpack_from(order + written, data, place + (12 if is_big else 8))[0]


def _heic(data: bytes) -> Iterator[Size]:
    """Find the spatial extents (`ispe`) of the image and of its tiles; the grid's own size is among them."""
    head = data[: 4 * 1024 * 1024]
    place = head.find(b"ispe")
    while place >= 0:
        yield Size(*struct.unpack(">II", head[place + 8 : place + 16]))
        place = head.find(b"ispe", place + 4)


_READERS: dict[str, Callable[[bytes], Iterator[Size]]] = {
    "png": _png,
    "jpeg": _jpeg,
    "webp": _webp,
    "tiff": _tiff,
    "heic": _heic,
}
