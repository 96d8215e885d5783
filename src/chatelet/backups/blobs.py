"""Copies the blobs of files: after the rows, so that whatever a row of the snapshot names was stored before.

A blob that goes meanwhile goes with its row; what is then missing is looked at again, and only a row that is still
there makes it a loss, which was one before the backup. What did not change since the last backup is not read again.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from chatelet.backups.backup_set import BackupSet
from chatelet.backups.cutting import Cutter
from chatelet.backups.manifest import Stream
from chatelet.kernel.storage import BlobMissing, Storage, Stored

_AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: the index, and the files of which something was not there."""

    index: Stream
    absent: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index."""

    name: str
    size: int
    sha256: str
    mark: str

    @property
    def line(self) -> bytes:
        """The line."""
        return f"{self.name}\t{self.size}\t{self.sha256}\t{self.mark}\n".encode()


async def copy(storage: Storage, files: Mapping[UUID, int], into: BackupSet, before: dict[str, Entry]) -> Copied:
    """Copy the blobs of `files` (identifier, parts received); `before` is the index of the last backup."""
    parts, found = Counter[UUID](), list[Entry]()
    waiting = list[Stored]()

    async def go() -> None:
        for stored, entry in zip(
            waiting, await asyncio.gather(*(_one(storage, w, into, before) for w in waiting)), strict=True
        ):
            if entry is not None:
                found.append(entry)
                parts[_file_of(stored.name)] += "/part-" in stored.name
        waiting.clear()

    async for stored in storage.listed():
        if _file_of(stored.name) in files:
            waiting.append(stored)
            if len(waiting) == _AT_ONCE:
                await go()
    await go()
    absent = frozenset(one for one, expected in files.items() if parts[one] < expected)
    return Copied(await _index(found, into), absent)


async def entries(backup: BackupSet, index: Stream) -> AsyncGenerator[Entry]:
    """Yield the lines of an index. Raises `BackupDamaged`."""
    async for lines in backup.lines(index):
        for line in lines.decode().splitlines():
            name, size, sha256, mark = line.split("\t")
            yield Entry(name, int(size), sha256, mark)


async def _one(storage: Storage, stored: Stored, into: BackupSet, before: dict[str, Entry]) -> Entry | None:
    known = before.get(stored.name)
    if known is not None and (known.size, known.mark) == (stored.size, stored.mark) and into.has(known.sha256):
        return known
    try:
        data = await storage.get(stored.name)
    except BlobMissing:
        return None
    return Entry(stored.name, len(data), await into.add_blob(data), stored.mark)


async def _index(found: list[Entry], into: BackupSet) -> Stream:
    cutter, pieces = Cutter(), list[bytes]()
    for entry in sorted(found, key=lambda one: one.name):
        pieces += cutter.feed(entry.line)
    pieces += cutter.flush()
    return Stream(lines=cutter.lines, pieces=tuple([await into.add_piece(piece) for piece in pieces]))


def _file_of(name: str) -> UUID:
    return UUID(name.split("/", 1)[0])
