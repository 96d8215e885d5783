"""Zip archives and the formats made of one, bounded by what really comes out of them (TA-071).

Declared sizes are never believed: members are inflated here, a bounded piece at a time, against one budget that all
the archives inside a file share. A member that gives more than it declares is a lie, and the file is refused.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import damaged, protected, refused, unsupported

_PIECE = 256 * 1024
_LOCAL_HEADER = 30
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1


class Budget:
    """What may still be inflated, in bytes, by all the archives of one file."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._left = limits.inflated_bytes

    def spend(self, size: int) -> None:
        """Take `size` bytes; refuse the file when there are not so many left."""
        self._left -= size
        if self._left < 0:
            raise refused("archive_too_large", megabytes=self.limits.inflated_bytes // 1024**2)


class Archive:
    """A zip archive in memory, whose members are read by name."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        if data.count(b"PK\x01\x02") > budget.limits.entries * 2:
            raise refused("archive_too_many_entries", most=budget.limits.entries)
        self._data = memoryview(data)
        self._budget = budget
        try:
            with zipfile.ZipFile(BytesIO(data)) as opened:
                self._members = {member.filename: member for member in opened.infolist()}
                count = len(opened.infolist())
        except (zipfile.BadZipFile, ValueError, struct.error, EOFError, NotImplementedError, OSError) as error:
            raise damaged("archive_damaged") from error
        if count > budget.limits.entries:
            raise refused("archive_too_many_entries", most=budget.limits.entries)

    @property
    def names(self) -> list[str]:
        """Names of the members, as they are written; they are data, never paths."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def is_encrypted(self) -> bool:
        """Tell whether some member needs a password."""
        return any(member.flag_bits & _ENCRYPTED for member in self._members.values())

    @property
    def members(self) -> list[zipfile.ZipInfo]:
        """What the archive's listing says of its members, in its order."""
        return list(self._members.values())

    def read(self, name: str) -> bytes:
        """Return a member's content; a member that is not there makes the file damaged."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a member's content a bounded piece at a time; what was yielded is sound once the last piece came."""
        member = self._members.get(name)
        if member is None:
            raise damaged("part_missing", part=name[:100])
        if member.flag_bits & _ENCRYPTED:
            raise protected()
        if member.compress_type not in {_STORED, _DEFLATED}:
            raise unsupported("archive_compression", name=name[:100])
        compressed = self.compressed(member)
        if member.compress_type == _STORED:
            self._budget.spend(member.file_size)
            pieces = iter((bytes(compressed[: member.file_size]),))
        else:
            pieces = self._inflated(compressed, member.file_size)
        size = check = 0
        for piece in pieces:
            size, check = size + len(piece), zlib.crc32(piece, check)
            yield piece
        if size != member.file_size or check != member.CRC:
            raise damaged("archive_damaged")

    def compressed(self, member: zipfile.ZipInfo) -> memoryview:
        """Return a member's bytes as they stand in the archive."""
        start = member.header_offset
        header = bytes(self._data[start : start + _LOCAL_HEADER])
        if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
            raise damaged("archive_damaged")
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        start += _LOCAL_HEADER + name_length + extra_length
        return self._data[start : start + member.compress_size]

    def _inflated(self, compressed: memoryview, declared: int) -> Iterator[bytes]:
        machine = zlib.decompressobj(-zlib.MAX_WBITS)
        size = 0
        for start in range(0, len(compressed), _PIECE):
            waiting = bytes(compressed[start : start + _PIECE])
            while waiting and not machine.eof:
                try:
                    piece = machine.decompress(waiting, _PIECE)
                except zlib.error as error:
                    raise damaged("archive_damaged") from error
                waiting = machine.unconsumed_tail
                size += len(piece)
                self._allow(size, len(piece), declared, start + _PIECE - len(waiting))
                yield piece
        yield machine.flush()

    def _allow(self, size: int, more: int, declared: int, consumed: int) -> None:
        """Let a member go on inflating, or refuse the file."""
        limits = self._budget.limits
        self._budget.spend(more)
        if size > declared:
            raise refused("archive_lies")
        if size > limits.ratio_from and size > limits.ratio * consumed:
            raise refused("archive_ratio", ratio=limits.ratio)
