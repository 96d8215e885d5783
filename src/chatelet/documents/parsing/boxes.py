"""Where the metadata of a HEIF or AVIF image lies: items of type Exif or XMP, by the boxes that name and place them.

ftyp, meta { iinf { infe: number, type }, iloc { number: extents } }, mdat. ISO 14496-12 §8.11, ISO 23008-12 annex A.
"""

import struct
from collections.abc import Iterator
from typing import Final

_MOST: Final = 20_000  # items, and extents together
_XMP: Final = b"application/rdf+xml"
Extent = tuple[int, int]
Private = tuple[int, int, bool]


def private_items(data: bytes) -> list[Private]:
    """Return where Exif (True) and XMP items begin and end in the file. Raises `struct.error`, `ValueError`."""
    meta = next((found for found in _boxes(data, 0, len(data)) if found[0] == b"meta"), None)
    if meta is None:
        return []
    inside = list(_boxes(data, meta[1] + 4, meta[2]))
    kept = next((start for name, start, _end in inside if name == b"idat"), 0)
    private: dict[int, bool] = {}
    for name, start, end in inside:
        if name == b"iinf":
            private |= dict(_named(data, start, end))
    extents: list[Private] = []
    for name, start, end in inside:
        if name == b"iloc":
            for number, found in _located(data[start:end], kept):
                extents += [(*one, private[number]) for one in found if number in private]
    if any(not 0 <= first <= last <= len(data) for first, last, _ in extents):
        raise ValueError("an item beyond the file")
    return [*extents, *((start, end, False) for name, start, end in _boxes(data, 0, len(data)) if name == b"uuid")]


def _boxes(data: bytes, place: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the name of each box, and where its content begins and ends."""
    while place + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, place)
        start = place + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, start)
            start += 8
        after = end if size == 0 else place + size
        if after < start or after > end:
            raise ValueError("a box beyond its parent")
        yield name, start, after
        place = after


def _named(data: bytes, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Yield the number of each private item, and whether it is Exif."""
    wide = data[start] > 0
    for name, begin, stop in _boxes(data, start + (8 if wide else 6), end):
        version = data[begin]
        if name != b"infe" or version < 2:
            continue
        number, _protection, kind = struct.unpack_from(">HH4s" if version == 2 else ">IH4s", data, begin + 4)
        words = data[begin + (12 if version == 2 else 14) : stop]
        if kind == b"Exif" or (kind == b"mime" and _XMP in words):
            yield number, kind == b"Exif"


def _located(body: bytes, kept: int) -> Iterator[tuple[int, list[Extent]]]:
    """Yield each item's number and its extents in the file; `kept` is where the `idat` box begins."""
    version, sizes = body[0], struct.unpack_from(">H", body, 4)[0]
    wide = [sizes >> shift & 0xF for shift in (12, 8, 4, 0)]
    offset_size, length_size, base_size, index_size = wide if version else (*wide[:3], 0)
    reader = _Reader(body, 6)
    number_size = 4 if version == 2 else 2
    for _item in range(min(reader.number(number_size), _MOST)):
        number = reader.number(number_size)
        method = reader.number(2) & 0xF if version else 0
        reader.number(2)
        base = reader.number(base_size) + (kept if method == 1 else 0)
        found: list[Extent] = []
        for _extent in range(min(reader.number(2), _MOST)):
            reader.number(index_size)
            start = base + reader.number(offset_size)
            found.append((start, start + reader.number(length_size)))
        yield number, found if method < 2 else []


class _Reader:
    """Numbers one after the other."""

    def __init__(self, data: bytes, place: int) -> None:
        self._data = data
        self._place = place

    def number(self, size: int) -> int:
        """Return the next number of `size` bytes; 0 for none."""
        self._place += size
        if self._place > len(self._data):
            raise ValueError("a box cut short")
        return int.from_bytes(self._data[self._place - size : self._place], "big")
