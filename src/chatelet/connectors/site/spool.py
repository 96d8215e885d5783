"""Where the pages of a run wait between listing and reading: one file without a name, bounded, gone with the run."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import IO, Final

LARGEST: Final = 1024 * 1024 * 1024
_PIECE: Final = 256 * 1024


class Spool:
    """Contents by path. What does not fit is not kept: it is asked for again."""

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._kept: dict[str, tuple[int, int]] = {}
        self._size = 0
        self._largest = largest

    def __contains__(self, path: str) -> bool:
        return path in self._kept

    def length(self, path: str) -> int:
        """Return the number of bytes of a content that is kept."""
        return self._kept[path][1]

    async def keep(self, path: str, content: bytes) -> None:
        """Keep a content, unless there is no room."""
        if self._size + len(content) > self._largest:
            return
        try:
            await asyncio.to_thread(self._write, content)
        except OSError:
            self._largest = 0  # a full disk: what is kept is kept
            return
        self._kept[path] = (self._size, len(content))
        self._size += len(content)

    async def read(self, path: str) -> AsyncGenerator[bytes]:
        """Give a content that is kept."""
        begins, length = self._kept[path]
        for at in range(begins, begins + length, _PIECE):
            yield await asyncio.to_thread(self._read, at, min(_PIECE, begins + length - at))

    async def close(self) -> None:
        """Let go of everything."""
        self._kept.clear()
        if self._file is not None:
            await asyncio.to_thread(self._file.close)
            self._file = None

    def _write(self, content: bytes) -> None:
        if self._file is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
        self._file.seek(self._size)
        written = 0
        while written < len(content):
            written += self._file.write(content[written:])

    def _read(self, at: int, length: int) -> bytes:
        assert self._file is not None
        self._file.seek(at)
        return self._file.read(length)
