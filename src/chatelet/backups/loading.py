"""Fills an empty schema with the rows of a backup, in the caller's transaction, as the owner.

Foreign keys are taken away and put back at the end, which checks every row; triggers sleep meanwhile: what they would
write came with the backup. Partitions are made first, or everything would fall into the default ones.
"""

from typing import Any, Final, cast

import asyncpg

from chatelet.backups.backup_set import BackupSet
from chatelet.backups.manifest import Manifest, Partition, Stream

_FOREIGN: Final = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS away,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS back
FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 AND connamespace = 'public'::regnamespace ORDER BY conname
"""
_TABLES: Final = """
SELECT relname AS name, format('ALTER TABLE public.%I DISABLE TRIGGER USER', relname) AS asleep,
    format('ALTER TABLE public.%I ENABLE TRIGGER USER', relname) AS awake,
    format('DELETE FROM public.%I', relname) AS empty
FROM pg_class c
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
    AND relname <> 'schema_version' AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')
"""
_PARTITION: Final = """
SELECT format(
    'CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)', $2::text, $1::text, $3::text, $4::text
)
WHERE to_regclass(format('public.%I', $2::text)) IS NULL
"""
_SEQUENCE: Final = "SELECT setval(format('public.%I', $1::text)::regclass, $2)"


async def load(connection: asyncpg.Connection, backup: BackupSet, manifest: Manifest) -> set[str]:
    """Load every table; return those that this database has no place for (an extension is missing)."""
    foreign = await _fetch(connection, _FOREIGN)
    tables = await _fetch(connection, _TABLES)
    for row in foreign:
        await _run(connection, row["away"])
    for row in tables:
        await _run(connection, row["asleep"])
        await _run(connection, row["empty"])  # what migrations put there came with the backup too
    await _partitions(connection, manifest.partitions)
    here = {row["name"] for row in tables}
    for name, stream in manifest.tables.items():
        if name in here:
            await _copy(connection, backup, name, stream)
    for name, value in manifest.sequences.items():
        await _fetch(connection, _SEQUENCE, name, value)
    for row in tables:
        await _run(connection, row["awake"])
    for row in foreign:
        await _run(connection, row["back"])
    return set(manifest.tables) - here


async def replace(connection: asyncpg.Connection, backup: BackupSet, name: str, stream: Stream) -> None:
    """Put the rows of another backup in place of a table's, in which nothing refers to anything."""
    rows = [row for row in await _fetch(connection, _TABLES) if row["name"] == name]
    for row in rows:
        await _run(connection, row["empty"])
        await _copy(connection, backup, name, stream)


async def _partitions(connection: asyncpg.Connection, wanted: tuple[Partition, ...]) -> None:
    for one in wanted:
        for row in await _fetch(connection, _PARTITION, one.parent, one.name, one.starts, one.ends):
            await _run(connection, row[0])


async def _copy(connection: asyncpg.Connection, backup: BackupSet, name: str, stream: Stream) -> None:
    await connection.copy_to_table(  # pyright: ignore[reportUnknownMemberType]
        name, schema_name="public", columns=list(stream.columns), source=backup.lines(stream), format="text"
    )


async def _run(connection: asyncpg.Connection, statement: str) -> None:
    await connection.execute(statement)  # pyright: ignore[reportUnknownMemberType]


async def _fetch(connection: asyncpg.Connection, statement: str, *parameters: object) -> list[Any]:
    found: Any = await connection.fetch(statement, *parameters)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return cast("list[Any]", found)
