"""Takes away what a camera or a program wrote beside the pixels: place, date, device, names, comments (TA-079).

The image keeps its length and every pixel: what is private is overwritten where it stands, by something its format
skips. So the parts that a file came in are replaced one by one, in any order, twice without harm. Kept: how the image
is turned, its resolution, its colours. Where a structure cannot be followed, nothing is guessed: `struct.error`,
`IndexError` or `ValueError` are raised. In the reader's process only.

Formats: JPEG (ITU T.81, Exif 2.32), PNG (W3C, third edition), WebP (RFC 9649), TIFF 6.0, HEIF and AVIF (ISO 14496-12,
23008-12).
"""

import re
import struct
import zlib
from typing import Final

from chatelet.documents.parsing import boxes

_KEPT_TAGS: Final = frozenset({0x0112, 0x011A, 0x011B, 0x0128})  # orientation, resolutions and their unit
_PRIVATE_TAGS: Final = frozenset(
    {
        *(0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x013C, 0x8298),  # words, device, program, date, names
        *(
            0x02BC,
            0x83BB,
            0x8649,
            0x8769,
            0x8825,
            0x927C,
            0x9286,
        ),  # XMP, IPTC, Photoshop, Exif, place, maker's, comment
        *(0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F),  # what Windows writes
    }
)
_FURTHER: Final = frozenset({0x8769, 0x8825})  # directories of their own
_TYPE_SIZES: Final = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4)
_MARKER: Final = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
_APPLICATIONS: Final = range(0xE0, 0xF0)
_COMMENT: Final = 0xFE
_PNG_PRIVATE: Final = frozenset({b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"})
_MAGIC: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")
_DIRECTORIES: Final = 64
_NO_EXIF: Final = (
    bytes(4) + b"II*\x00" + struct.pack("<IHI", 8, 0, 0)
)  # an item whose block begins at once, and is empty


def may_hold(data: bytes) -> bool:
    """Tell, by its first bytes, whether a file is of a kind that can hold metadata of this sort."""
    return data.startswith(_MAGIC) or data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def removed(data: bytes) -> bytes:
    """Return the image without private metadata; what is not an image, as it is."""
    out = bytearray(data)
    if data.startswith(b"\xff\xd8\xff"):
        _jpeg(out)
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        _png(out)
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        _webp(out)
    elif data[:4] in {b"II*\x00", b"MM\x00*"}:
        _tiff(out, 0, len(out))
    elif data[4:8] == b"ftyp":
        for start, end, is_exif in boxes.private_items(data):
            out[start:end] = _NO_EXIF[: end - start].ljust(end - start, b"\x00") if is_exif else b" " * (end - start)
    if len(out) != len(data):
        raise ValueError("not of the same length")
    return bytes(out)


def _jpeg(out: bytearray) -> None:
    """Blank the application segments but colours, the comments, and what follows the image (other images, a film)."""
    place = 2
    while (found := _MARKER.search(out, place)) is not None:
        marker, start = found[1][0], found.end()
        if marker == 0xD9:
            out[start:] = bytes(len(out) - start)
            return
        (length,) = struct.unpack_from(">H", out, start)
        if length < 2 or start + length > len(out):
            raise ValueError("a segment cut short")
        if marker in _APPLICATIONS or marker == _COMMENT:
            _segment(out, marker, start, start + length)
        place = start + length


def _segment(out: bytearray, marker: int, start: int, end: int) -> None:
    body = bytes(out[start + 2 : min(end, start + 16)])
    if (marker == 0xE0 and body.startswith(b"JFIF\x00")) or (marker == 0xE2 and body.startswith(b"ICC_PROFILE")):
        return
    if marker == 0xEE and body.startswith(b"Adobe"):  # says which colours the numbers are
        return
    if marker == 0xE1 and body.startswith(b"Exif\x00\x00"):
        out[start + 8 : end] = _little_exif(bytes(out[start + 8 : end]))
        return
    out[start - 1] = _COMMENT
    out[start + 2 : end] = bytes(end - start - 2)


def _little_exif(body: bytes) -> bytes:
    """Return an Exif block of the same length that says how the image is turned, and its resolution, and no more."""
    order = ">" if body.startswith(b"MM") else "<"
    entries: list[bytes] = []
    extra = b""
    kept = {tag: (kind, count, value) for tag, kind, count, value in _entries(body, order) if tag in _KEPT_TAGS}
    after = 8 + 2 + 12 * len(kept) + 4
    for tag, (kind, count, value) in sorted(kept.items()):
        if len(value) > 4:
            entries.append(struct.pack(order + "HHII", tag, kind, count, after + len(extra)))
            extra += value
        else:
            entries.append(struct.pack(order + "HHI", tag, kind, count) + value.ljust(4, b"\x00"))
    mark = b"MM\x00*" if order == ">" else b"II*\x00"
    head = mark + struct.pack(order + "IH", 8, len(entries))
    little = head + b"".join(entries) + bytes(4) + extra
    if not entries or len(little) > len(body):
        little = mark + struct.pack(order + "IHI", 8, 0, 0)
    return little[: len(body)].ljust(len(body), b"\x00")


def _size(kind: int, count: int) -> int:
    """Return how many bytes a value takes; 0 when its type is not known."""
    return _TYPE_SIZES[kind] * count if kind < len(_TYPE_SIZES) else 0


def _entries(body: bytes, order: str) -> list[tuple[int, int, int, bytes]]:
    """Return tag, type, count and value of the entries of the first directory; none where it cannot be followed."""
    try:
        (place,) = struct.unpack_from(order + "I", body, 4)
        (count,) = struct.unpack_from(order + "H", body, place)
        found: list[tuple[int, int, int, bytes]] = []
        for index in range(min(count, 500)):
            tag, kind, many, value = struct.unpack_from(order + "HHI4s", body, place + 2 + 12 * index)
            size = _size(kind, many)
            if size > 4:
                (at,) = struct.unpack(order + "I", value)
                value = body[at : at + size]
            if size <= 64 and len(value) >= min(size, 4):
                found.append((tag, kind, many, value[: max(size, 1)]))
    except struct.error:
        return []
    return found


def _png(out: bytearray) -> None:
    """Turn private chunks into chunks of zeros that every reader skips; an Exif one keeps how the image is turned."""
    place = 8
    while place + 12 <= len(out):
        (length,) = struct.unpack_from(">I", out, place)
        end = place + 8 + length
        if end + 4 > len(out):
            raise ValueError("a chunk cut short")
        name = bytes(out[place + 4 : place + 8])
        if name in _PNG_PRIVATE:
            if name == b"eXIf":
                out[place + 8 : end] = _little_exif(bytes(out[place + 8 : end]))
            else:
                out[place + 4 : end] = b"voID" + bytes(length)
            struct.pack_into(">I", out, end, zlib.crc32(out[place + 4 : end]))
        place = end + 4
        if name == b"IEND":
            out[place:] = bytes(len(out) - place)


def _webp(out: bytearray) -> None:
    place = 12
    while place + 8 <= len(out):
        name, length = bytes(out[place : place + 4]), struct.unpack_from("<I", out, place + 4)[0]
        body = slice(place + 8, min(place + 8 + length, len(out)))
        if name == b"EXIF":
            skip = 6 if out[body].startswith(b"Exif\x00\x00") else 0
            inside = slice(body.start + skip, body.stop)
            out[inside] = _little_exif(bytes(out[inside]))
        elif name == b"XMP ":
            out[body] = bytes(body.stop - body.start)
            out[place : place + 4] = b"VOID"
        elif name == b"VP8X" and length:
            out[place + 8] &= ~0x04  # there is no XMP any more
        place += 8 + length + (length & 1)


def _tiff(out: bytearray, base: int, end: int) -> None:
    """Blank the values of private tags in every directory: their entries stay, empty, so that no offset moves."""
    order = "<" if bytes(out[base : base + 2]) == b"II" else ">"
    (place,) = struct.unpack_from(order + "I", out, base + 4)
    seen: set[int] = set()
    while place and place not in seen and len(seen) < _DIRECTORIES:
        seen.add(place)
        (count,) = struct.unpack_from(order + "H", out, base + place)
        for index in range(count):
            _entry(out, order, base, base + place + 2 + 12 * index, end)
        (place,) = struct.unpack_from(order + "I", out, base + place + 2 + 12 * count)


def _entry(out: bytearray, order: str, base: int, place: int, end: int) -> None:
    tag, kind, count = struct.unpack_from(order + "HHI", out, place)
    if tag not in _PRIVATE_TAGS or (tag in _FURTHER and kind not in {4, 13}):
        return
    (at,) = struct.unpack_from(order + "I", out, place + 8)
    if tag in _FURTHER:
        _directory(out, order, base + at, base, end)
    else:
        size = _size(kind, count)
        if size > 4:
            out[base + at : min(base + at + size, end)] = bytes(max(0, min(base + at + size, end) - base - at))
    out[place + 2 : place + 12] = struct.pack(order + "HI4s", 1, 4, bytes(4))  # four bytes of nothing


def _directory(out: bytearray, order: str, place: int, base: int, end: int) -> None:
    """Blank a whole directory and what its entries point to."""
    (count,) = struct.unpack_from(order + "H", out, place)
    for index in range(count):
        entry = place + 2 + 12 * index
        _, kind, many, at = struct.unpack_from(order + "HHII", out, entry)
        size = _size(kind, many)
        if size > 4:
            stop = min(base + at + size, end)
            out[base + at : stop] = bytes(max(0, stop - base - at))
        out[entry : entry + 12] = bytes(12)
    struct.pack_into(order + "H", out, place, 0)
