"""Files of no table, in the folder of a server on this machine: copies that it was making when it crashed.

PostgreSQL neither uses nor removes them. They are told, never removed here.
"""

import asyncio
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import asyncpg

from chatelet.kernel.database import fetch

_NAME: Final = re.compile(r"(\d+)(?:_[a-z]+)?(?:\.\d+)?")  # not those of temporary tables: t3_16400
_DATABASE: Final = "SELECT oid FROM pg_database WHERE datname = current_database()"
_USED: Final = "SELECT DISTINCT pg_relation_filenode(oid) FROM pg_class"
_REMOVED_SECONDS: Final = 1.0  # a table that leaves is out of the catalog a moment before its file is


async def files(connection: asyncpg.Connection, folder: Path, instant: float) -> list[str]:
    """Return them, as `base/16384/24680`, of those last written before `instant` (seconds since 1970).

    Every transaction that is older must have ended: until then, a file that the catalog does not name may be its own.
    """
    base = Path("base") / str((await fetch(connection, _DATABASE))[0][0])
    found = await asyncio.to_thread(_held, folder / base, instant)
    found -= {str(file) for (file,) in await fetch(connection, _USED)}
    if found:
        await asyncio.sleep(_REMOVED_SECONDS)
        found &= await asyncio.to_thread(_held, folder / base, instant)
    return [str(base / name) for name in sorted(found)]


def _held(folder: Path, instant: float) -> set[str]:
    """Return the numbers of the files that hold something: a table that left keeps an empty one until a checkpoint."""
    return {match[1] for path in _files(folder, instant) if (match := _NAME.fullmatch(path.name))}


def _files(folder: Path, instant: float) -> Iterable[Path]:
    for path in folder.glob("*"):
        try:
            known = path.stat()
        except FileNotFoundError:
            continue
        if known.st_size and known.st_mtime < instant:
            yield path
