"""The tables that a pass rewrites, one by one, and how long each may be out of reach meanwhile.

VACUUM FULL copies the living rows of a table, of its TOAST and of its indexes to new files; the old ones are removed.
Plain VACUUM would not do: it moves rows within a page, whose freed bytes stay as they were until others cover them.
"""

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg

from chatelet.kernel.database import execute, fetch
from chatelet.kernel.logs import get_logger

# Deleted rows of these say nothing: their words are sealed by a key that a rewritten table held, or they have none.
SPEECHLESS: Final = {
    "messages": "sealed by the key of their conversation, whose table is rewritten; months leave whole",
    "journal_events": "identifiers, codes and figures; months leave whole",
    "journal_links": "digests; segments leave whole",
    "journal_pending": "identifiers",
    "journal_seals": "digests and signatures",
    "health_probes": "a number",
}
# How a table stands: what left it since statistics were last lost (a crash does that), and its file.
_TABLES: Final = """
SELECT c.relname, coalesce(pg_partition_root(c.oid), c.oid)::regclass::text,
    concat_ws('/', c.oid, coalesce(s.n_tup_upd + s.n_tup_del, 0),
        (SELECT extract(epoch FROM stats_reset) FROM pg_stat_bgwriter)),
    c.relfilenode, coalesce(s.n_dead_tup, 0) > 0, pg_total_relation_size(c.oid)
FROM pg_class c LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
ORDER BY pg_total_relation_size(c.oid)
"""
_LOCK_WAITS: Final = (100, 200, 400, 800, 1_000, 1_000, 1_000)  # ms: whoever comes meanwhile waits behind us as long
_PAUSE_SECONDS: Final = 1.0
_RESERVE: Final = 2**30  # bytes that stay free whatever is copied: a full disk stops the server
_FILE: Final = "SELECT pg_relation_filenode(to_regclass($1::text))"
_SIZE: Final = "SELECT pg_total_relation_size(to_regclass($1::text))"
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Relation:
    """A table as it stands. `changes` is another once anything left it."""

    name: str
    changes: str
    file: int
    has_dead: bool
    bytes: int

    @property
    def mark(self) -> str:
        """What is kept of it for the next pass: another file is another table, or one that was restored."""
        return f"{self.changes}/{self.file}"

    def is_as(self, marks: Mapping[str, object]) -> bool:
        """Whether nothing left it since it was last rewritten."""
        return not self.has_dead and marks.get(self.name) == self.mark


async def speaking(connection: asyncpg.Connection) -> list[Relation]:
    """Return the tables whose deleted rows could tell something, the smallest first."""
    rows = await fetch(connection, _TABLES)
    return [
        Relation(str(name), str(changes), int(file), bool(dead), int(size))
        for name, root, changes, file, dead, size in rows
        if str(root) not in SPEECHLESS
    ]


async def marks_of(connection: asyncpg.Connection, seen: Mapping[str, str]) -> dict[str, str]:
    """Return the marks of tables that nothing left since they were seen, by their changes then."""
    return {one.name: one.mark for one in await speaking(connection) if seen.get(one.name) == one.changes}


async def rewrite(connection: asyncpg.Connection, name: str, seconds: int) -> str | None:
    """Rewrite a table; return why it could not be, None when it was. Nobody waits for it longer than `seconds`.

    Asked for in small waits: those who come while we wait for the table wait behind us. A lost connection is raised.
    """
    table = _quote(name)
    file = (await fetch(connection, _FILE, table))[0][0]
    await limit(connection, statement=seconds * 1_000)
    for wait in _LOCK_WAITS:
        await limit(connection, lock=wait)
        try:
            await execute(connection, f"VACUUM (FULL) {table}")
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            await asyncio.sleep(_PAUSE_SECONDS)
        except asyncpg.QueryCanceledError:
            return "too_long"
        except asyncpg.DiskFullError:
            return "disk_full"
        except asyncpg.PostgresError as error:
            return await refused(connection, name, error)
        else:  # without the right, PostgreSQL does nothing and only warns
            return "not_rewritten" if (await fetch(connection, _FILE, table))[0][0] == file is not None else None
    return "in_use"


async def refused(connection: asyncpg.Connection, name: str, error: asyncpg.PostgresError) -> str | None:
    """Return the reason for what the server refused of one table; raise `error` where the server itself is gone."""
    if isinstance(error, (asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError)):
        raise error
    if (await fetch(connection, _FILE, _quote(name)))[0][0] is None:  # a month that left meanwhile
        return None
    log.warning("table_not_rewritten", table=name, error=type(error).__name__)
    return "failed"


async def has_room(connection: asyncpg.Connection, name: str, folder: Path) -> bool:
    """Tell whether the disk of `folder` bears a copy of a table and of its indexes, and what the log says of it."""
    size = (await fetch(connection, _SIZE, _quote(name)))[0][0] or 0
    free = (await asyncio.to_thread(shutil.disk_usage, folder)).free
    return free >= 2 * int(size) + _RESERVE


async def limit(connection: asyncpg.Connection, *, statement: int | None = None, lock: int | None = None) -> None:
    """Set how long a statement may last from now on, and wait for a lock, in ms; 0: as long as it takes."""
    for name, value in (("statement_timeout", statement), ("lock_timeout", lock)):
        if value is not None:
            await fetch(connection, "SELECT set_config($1, $2, false)", name, str(value))


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
