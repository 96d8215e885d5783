"""The tables that a pass rewrites, one by one, and how long each may be out of reach meanwhile.

VACUUM FULL copies the living rows of a table, of its TOAST and of its indexes to new files; the old ones are removed.
Plain VACUUM would not do: it moves rows within a page, whose freed bytes stay as they were until others cover them.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import asyncpg

from chatelet.kernel.database import execute, fetch

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

    Asked for in small waits: those who come while we wait for the table wait behind us.
    """
    table = _quote(name)
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
        except asyncpg.UndefinedTableError:  # a month that left meanwhile
            return None
        else:
            return None
    return "in_use"


async def limit(connection: asyncpg.Connection, *, statement: int | None = None, lock: int | None = None) -> None:
    """Set how long a statement may last from now on, and wait for a lock, in ms; 0: as long as it takes."""
    for name, value in (("statement_timeout", statement), ("lock_timeout", lock)):
        if value is not None:
            await fetch(connection, "SELECT set_config($1, $2, false)", name, str(value))


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
