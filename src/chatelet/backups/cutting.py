"""Cuts a stream of lines into pieces at places that the content chooses, so that a change moves few of them.

A pure machine: `feed` what came, whatever its cut; `flush` at the end. A piece ends after a line whose checksum says
so, once it is long enough, or when it is too long. Rows come by their key, which grows with time: what was written
yesterday makes the same pieces today.
"""

import zlib
from typing import Final

LEAST: Final = 512 * 1024
MOST: Final = 8 * 1024 * 1024
_ONE_IN: Final = 64


class Cutter:
    """Give it bytes, it gives pieces of whole lines."""

    def __init__(self, least: int = LEAST, most: int = MOST, one_in: int = _ONE_IN) -> None:
        self._least, self._most, self._one_in = least, most, one_in
        self._tail = b""
        self._lines: list[bytes] = []
        self._size = 0
        self.lines = 0

    def feed(self, data: bytes) -> list[bytes]:
        """Return the pieces that are complete now."""
        *lines, self._tail = (self._tail + data).split(b"\n")
        done: list[bytes] = []
        for line in lines:
            self._lines.append(line + b"\n")
            self._size += len(line) + 1
            self.lines += 1
            if self._ends_after(line):
                done.append(self._taken())
        return done

    def flush(self) -> list[bytes]:
        """Return what is left."""
        if self._tail:
            raise ValueError("the last line is not whole")
        return [self._taken()] if self._lines else []

    def _ends_after(self, line: bytes) -> bool:
        if self._size >= self._most:
            return True
        return self._size >= self._least and zlib.crc32(line) % self._one_in == 0

    def _taken(self) -> bytes:
        piece = b"".join(self._lines)
        self._lines, self._size = [], 0
        return piece
