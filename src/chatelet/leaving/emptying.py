"""Empties each place, then looks again: what is left is counted, never assumed.

Files are written over with zeros before they are removed. On an SSD, a file system with snapshots, or a bucket, this is
not proof that no block stays: there the key, destroyed first, is what makes content unreadable.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import text

from chatelet.kernel.database import Database
from chatelet.kernel.logs import get_logger
from chatelet.kernel.storage import Storage
from chatelet.leaving import durable
from chatelet.migrations.tables import METADATA
from chatelet.privacy.certificates.erasure_report import Emptied, Where

_ZEROS: Final = bytes(1024 * 1024)
_BATCH: Final = 1_000
_TABLES: Final = (*sorted(METADATA.tables), "health_probes", "passage_windows", "schema_version")
_ROUTINES: Final = (
    "count_passages", "drop_forgotten_month", "ensure_partitions", "forget_passages", "journal_refuse_change",
    "move_passages", "note_destroyed", "note_key_destroyed", "partition_bound", "prepare_journal",
)  # fmt: skip
# Ours by its name, a month of ours (let go of or not), or the queue's; nothing that an extension brought, nor another
# application: an institution may have put several in one database.
_OURS: Final = f"""
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    AND (SELECT r.relname FROM pg_class r WHERE r.oid = coalesce(pg_partition_root(c.oid), c.oid))
        ~ '^(({"|".join(_TABLES)})(_default|_y[0-9]+m[0-9]+|_p[0-9]+)?|pgqueuer[a-z_]*)$'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""  # noqa: S608 (names of the schema)
_DROP: Final = f"""
DO $$
DECLARE statement text;
BEGIN
    FOR statement IN
        SELECT format('DROP %s IF EXISTS public.%I CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW'
            WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.relname)
        {_OURS} AND NOT c.relispartition
        ORDER BY c.relkind IN ('r', 'p') DESC, c.relname
    LOOP
        EXECUTE statement;
    END LOOP;
    FOR statement IN
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure) FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
            AND p.proname ~ '^({"|".join(_ROUTINES)}|fn_pgqueuer[a-z_]*)$'
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        UNION ALL
        SELECT format('DROP TYPE IF EXISTS public.%I CASCADE', t.typname) FROM pg_type t
        WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd')
            AND t.typname ~ '^pgqueuer[a-z_]*$'
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
    LOOP
        EXECUTE statement;
    END LOOP;
END $$
"""  # noqa: S608 (names of the schema)
_LEFT: Final = f"SELECT count(*) {_OURS}"
Ours = Callable[[str], bool]
log = get_logger(__name__)


def is_blob(name: str) -> bool:
    """Tell whether a name of a store is one that Châtelet gives: `<identifier>/<part>`, or its first step."""
    try:
        UUID(name.partition("/")[0])
    except ValueError:
        return False
    return True


def folder(
    path: Path, where: Where, *, first: tuple[str, ...] = (), keep: Path | None = None, ours: Ours | None = None
) -> Emptied:
    """Write over and remove everything in a folder: `first` before all; `keep` is destroyed by a later call.

    `ours` tells which names of the folder are emptied; others are left alone. What resists is told, and counted.
    """
    objects = size = 0
    for one in [*(path / name for name in first), *_files(path, ours)]:
        found = _destroyed(one) if one != keep else None
        objects, size = objects + (found is not None), size + (found or 0)
    _remove_folders(path, ours)
    left = [one for one in _files(path, ours) if one != keep]
    _settle(path)
    return Emptied(where=where, objects=objects, bytes=size, overwritten=True, left=len(left))


def one_file(path: Path) -> bool:
    """Write over and remove one file, with the folder that it leaves empty; tell whether it is gone."""
    _destroyed(path)
    with contextlib.suppress(OSError):
        path.parent.rmdir()
    _settle(path.parent if path.parent.exists() else path.parent.parent)
    return not os.path.lexists(path)


async def storage(store: Storage, where: Where = "files") -> Emptied:
    """Delete every blob of a bucket; what Châtelet did not name is left alone."""
    objects = size = 0
    names = [(one.name, one.size) async for one in store.listed() if is_blob(one.name)]
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        await store.delete([name for name, _ in batch])
        objects, size = objects + len(batch), size + sum(bytes_ for _, bytes_ in batch)
    left = [one async for one in store.listed() if is_blob(one.name)]
    return Emptied(where=where, objects=objects, bytes=size, left=len(left))


async def database(owner: Database) -> Emptied:
    """Drop everything of ours in the schema, as its owner; what another application has in it stays."""
    async with owner.transaction() as session:
        await session.execute(text("SET LOCAL statement_timeout = 0"))
        size = int(await session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
        found = int(await session.scalar(text(_LEFT)) or 0)
        await session.execute(text(_DROP))
    async with owner.transaction() as session:
        left = int(await session.scalar(text(_LEFT)) or 0)
    return Emptied(where="database", objects=found, bytes=size, left=left)


def _files(path: Path, ours: Ours | None) -> list[Path]:
    """Return everything below that is no folder, links themselves and not what they lead to.

    A folder that does not let itself be read is returned too: what is in it is not known to be gone.
    """
    found: list[Path] = []
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError:
        return found
    except OSError:
        return [path]
    if not is_folder:
        return found
    for root, folders, names in _walked(path, ours, closed=found):
        found += [Path(root) / name for name in names]
        found += [one for name in folders if (one := Path(root) / name).is_symlink()]
    return found


def _walked(path: Path, ours: Ours | None, *, closed: list[Path]) -> Iterator[tuple[str, list[str], list[str]]]:
    def refused(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            closed.append(Path(error.filename))

    for root, folders, names in os.walk(path, onerror=refused):
        if ours is not None and Path(root) == path:
            folders[:] = [name for name in folders if ours(name)]
            names[:] = [name for name in names if ours(name)]
        yield root, folders, names


def _destroyed(path: Path) -> int | None:
    """Write over a file and remove it; return its size, None when it was not there or resists: then it is told."""
    try:
        return _destroy(path)
    except OSError:
        with contextlib.suppress(OSError):  # closed by its rights alone: we open what is ours, and try once more
            path.parent.chmod(0o700)
            if path.is_file() and not path.is_symlink():
                path.chmod(0o600)
    try:
        return _destroy(path)
    except OSError as error:
        log.error("erasure_left_in_place", path=str(path), reason=error.strerror or type(error).__name__)  # noqa: TRY400
        return None


def _destroy(path: Path) -> int | None:
    try:
        told = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(told.st_mode):  # one that could not be read: counted as left
        raise PermissionError(errno.EACCES, "a folder that cannot be read", str(path))
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


def _remove_folders(path: Path, ours: Ours | None) -> None:
    """Remove what is empty by now; a place where something is mounted stays, and is empty."""
    below = [Path(root) / name for root, folders, _ in _walked(path, ours, closed=[]) for name in folders]
    for one in sorted(below, key=lambda step: len(step.parts), reverse=True):
        if not one.is_symlink():
            with contextlib.suppress(OSError):  # not empty: its files are counted as left
                one.rmdir()


def _settle(path: Path) -> None:
    """Have the disk hold that the names are gone, before it is said."""
    with contextlib.suppress(FileNotFoundError, PermissionError):  # closed: counted as left
        durable.sync(path)
