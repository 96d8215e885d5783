"""Empties each place, then looks again: what is left is counted, never assumed.

Files are written over with zeros before they are removed. On an SSD, a file system with snapshots, or a bucket, this is
not proof that no block stays: there the key, destroyed first, is what makes content unreadable.
"""

import os
import stat
from pathlib import Path
from typing import Final

from sqlalchemy import text

from chatelet.kernel.database import Database
from chatelet.kernel.storage import Storage
from chatelet.privacy.certificates.erasure_report import Emptied, Where

_ZEROS: Final = bytes(1024 * 1024)
_BATCH: Final = 1_000
# Everything of the schema that no extension brought: tables first, their sequences and indexes go with them.
_DROP: Final = """
DO $$
DECLARE statement text;
BEGIN
    FOR statement IN
        SELECT format('DROP %s IF EXISTS public.%I CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW'
            WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.relname)
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
            AND NOT c.relispartition
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
        ORDER BY c.relkind IN ('r', 'p') DESC, c.relname
    LOOP
        EXECUTE statement;
    END LOOP;
    FOR statement IN
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure) FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        UNION ALL
        SELECT format('DROP TYPE IF EXISTS public.%I CASCADE', t.typname) FROM pg_type t
        WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd')
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
    LOOP
        EXECUTE statement;
    END LOOP;
END $$
"""
_LEFT: Final = """
SELECT count(*) FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""


def folder(path: Path, where: Where, *, first: tuple[str, ...] = (), keep: str | None = None) -> Emptied:
    """Write over and remove everything in a folder: `first` before all; `keep` is destroyed by a later call."""
    objects = size = 0
    kept = path / keep if keep else None
    leading = [path / name for name in first]
    for one in [*leading, *_files(path)]:
        found = _destroy(one) if one != kept else None
        objects, size = objects + (found is not None), size + (found or 0)
    _remove_folders(path)
    left = [one for one in _files(path) if one != kept]
    return Emptied(where=where, objects=objects, bytes=size, overwritten=True, left=len(left))


async def storage(store: Storage, where: Where = "files") -> Emptied:
    """Delete every blob of a bucket."""
    objects = size = 0
    names = [(one.name, one.size) async for one in store.listed()]
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        await store.delete([name for name, _ in batch])
        objects, size = objects + len(batch), size + sum(bytes_ for _, bytes_ in batch)
    left = [one async for one in store.listed()]
    return Emptied(where=where, objects=objects, bytes=size, left=len(left))


async def database(owner: Database) -> Emptied:
    """Drop everything of the schema, as its owner."""
    async with owner.transaction() as session:
        await session.execute(text("SET LOCAL statement_timeout = 0"))
        size = int(await session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
        found = int(await session.scalar(text(_LEFT)) or 0)
        await session.execute(text(_DROP))
    async with owner.transaction() as session:
        left = int(await session.scalar(text(_LEFT)) or 0)
    return Emptied(where="database", objects=found, bytes=size, left=left)


def _files(path: Path) -> list[Path]:
    """Return everything below that is no folder, links themselves and not what they lead to."""
    if not path.is_dir():
        return []
    return [Path(root) / name for root, _, names in os.walk(path) for name in names] + [
        Path(root) / name for root, names, _ in os.walk(path) for name in names if (Path(root) / name).is_symlink()
    ]


def _destroy(path: Path) -> int | None:
    """Write over a file and remove it; return its size, None when it was not there."""
    try:
        told = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISREG(told.st_mode):
        _write_over(path, told.st_size)
    path.unlink()
    return told.st_size


def _write_over(path: Path, size: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
    try:
        while size > 0:
            size -= os.write(handle, _ZEROS[: min(size, len(_ZEROS))])
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_folders(path: Path) -> None:
    """Remove what is empty by now; a place where something is mounted stays, and is empty."""
    for root, names, _ in os.walk(path, topdown=False):
        for name in names:
            below = Path(root) / name
            if not below.is_symlink() and not any(below.iterdir()) and not below.is_mount():
                below.rmdir()
