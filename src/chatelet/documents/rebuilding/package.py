"""A zip package written back: members that do not change are copied compressed as they stand, in their order.

Archive (bounded, read by `parsing.archive`) + changes -> local headers and data -> the listing. Names, dates, flags and
attributes are those of the original; a member rewritten is compressed as it was.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from chatelet.documents.parsing.archive import Archive

_STORED: Final = 0
_DEFLATED: Final = 8
_UTF8: Final = 0x800
_DESCRIPTOR: Final = 0x8
_ZIP64: Final = 1
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_LISTED: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")


@dataclass(frozen=True, slots=True)
class Packed:
    """A member's new content, compressed."""

    data: bytes
    size: int
    check: int
    method: int = _DEFLATED


class Packer:
    """Compresses a member as it comes."""

    def __init__(self, *, stored: bool = False) -> None:
        self._machine = None if stored else zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._pieces: list[bytes] = []
        self._size = self._check = 0

    def feed(self, piece: bytes) -> None:
        """Add a piece."""
        self._size += len(piece)
        self._check = zlib.crc32(piece, self._check)
        found = piece if self._machine is None else self._machine.compress(piece)
        if found:
            self._pieces.append(found)

    def packed(self) -> Packed:
        """End the member."""
        if self._machine is not None:
            self._pieces.append(self._machine.flush())
        method = _STORED if self._machine is None else _DEFLATED
        return Packed(b"".join(self._pieces), self._size, self._check, method)


def pack(content: bytes, *, stored: bool = False) -> Packed:
    """Return a whole content as a member."""
    packer = Packer(stored=stored)
    packer.feed(content)
    return packer.packed()


def is_stored(archive: Archive, name: str) -> bool:
    """Tell whether a member stands uncompressed; one that is not there would be compressed."""
    return any(member.filename == name and member.compress_type == _STORED for member in archive.members)


def written(archive: Archive, changes: Mapping[str, Packed | None]) -> bytes:
    """Return the package with these members changed, left out (`None`) or, where they are new, added at the end."""
    out, listing = BytesIO(), list[bytes]()
    for info, packed, raw in _members(archive, changes):
        listing.append(_add(out, info, packed, raw))
    start = out.tell()
    for entry in listing:
        out.write(entry)
    count = len(listing)
    out.write(_END.pack(b"PK\x05\x06", 0, 0, count, count, out.tell() - start, start, 0))
    return out.getvalue()


def _members(
    archive: Archive, changes: Mapping[str, Packed | None]
) -> Iterator[tuple[zipfile.ZipInfo, Packed, memoryview | bytes]]:
    for info in archive.members:
        if info.filename not in changes:
            yield info, Packed(b"", info.file_size, info.CRC, info.compress_type), archive.compressed(info)
            continue
        packed = changes[info.filename]
        if packed is not None:
            yield info, packed, packed.data
    there = set(archive.names)
    for name, packed in changes.items():
        if name not in there and packed is not None:
            info = zipfile.ZipInfo(name)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            yield info, packed, packed.data


def _add(out: BytesIO, info: zipfile.ZipInfo, packed: Packed, raw: memoryview | bytes) -> bytes:
    """Write a member; return its entry of the listing."""
    name, flags = _name(info)
    flags = (flags | info.flag_bits) & ~_DESCRIPTOR
    day, hour = _dated(info)
    extra, offset = _extra(info.extra), out.tell()
    sizes = (packed.check, len(raw), packed.size)
    out.write(_LOCAL.pack(b"PK\x03\x04", info.extract_version, flags, packed.method, hour, day, *sizes, len(name), 0))
    out.write(name)
    out.write(raw)
    version = info.create_version | info.create_system << 8
    head = _LISTED.pack(
        b"PK\x01\x02", version, info.extract_version, flags, packed.method, hour, day, *sizes,
        len(name), len(extra), len(info.comment), 0, info.internal_attr, info.external_attr, offset,
    )  # fmt: skip
    return head + name + extra + info.comment


def _name(info: zipfile.ZipInfo) -> tuple[bytes, int]:
    """Return the name as it was written: in UTF-8 if it says so, else in the old code page."""
    if info.flag_bits & _UTF8:
        return info.orig_filename.encode(), _UTF8
    try:
        return info.orig_filename.encode("cp437"), 0
    except UnicodeEncodeError:
        return info.orig_filename.encode(), _UTF8


def _dated(info: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = info.date_time
    return max(year - 1980, 0) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2


def _extra(extra: bytes) -> bytes:
    """Leave out the sizes of large files, which are written in their plain place here."""
    kept, place = b"", 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        if kind != _ZIP64:
            kept += extra[place : place + 4 + size]
        place += 4 + size
    return kept
