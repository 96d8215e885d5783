"""Reads a whole database at one instant, table by table, while it is being written to.

One transaction, repeatable read and read only; every table locked against being dropped, as `pg_dump` does. Rows leave
as COPY writes them, in the order of their key. PostgreSQL's own formats of dumps are not used: rows of a known schema
are small when only little changed, and go into any version of PostgreSQL that our migrations know.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, cast
from uuid import UUID

import asyncpg

from chatelet.backups.cutting import Cutter
from chatelet.backups.manifest import Partition, Stream
from chatelet.kernel.database import Database

AddPiece = Callable[[bytes], Awaitable[str]]
# The tables of the schema but the one that says which it is; partitions are read through their parent.
_TABLES: Final = """
SELECT c.relname AS name,
    (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
    coalesce((SELECT array_agg(a.attname::text ORDER BY array_position(i.indkey::smallint[], a.attnum))
     FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)
     WHERE i.indrelid = c.oid AND i.indisprimary), '{}') AS key
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND c.relname <> 'schema_version'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname
"""
_PARTITIONS: Final = """
SELECT inhparent::regclass::text AS parent, c.relname AS name,
    bounds[1] AS starts, bounds[2] AS ends
FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
CROSS JOIN regexp_match(
    pg_get_expr(c.relpartbound, c.oid), $$FROM \\('([0-9a-f-]+)'\\) TO \\('([0-9a-f-]+)'\\)$$
) AS bounds
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND bounds IS NOT NULL
ORDER BY c.relname
"""
_SEQUENCES: Final = """
SELECT sequencename AS name, last_value AS value FROM pg_sequences
WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


class Snapshot:
    """One instant of a database."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def fetch(self, statement: str) -> list[Any]:
        """Return the rows of a statement at this instant."""
        found: Any = await self._connection.fetch(statement)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return cast("list[Any]", found)

    async def schema(self) -> str:
        """Return the revision."""
        return str((await self.fetch("SELECT version_num FROM schema_version"))[0][0])

    async def files(self) -> dict[UUID, int]:
        """Return the files that have something stored, and in how many parts they came."""
        return {row[0]: row[1] for row in await self.fetch("SELECT id, parts FROM files WHERE parts > 0")}

    async def partitions(self) -> tuple[Partition, ...]:
        """Return the partitions by ranges."""
        return tuple(Partition(**dict(row)) for row in await self.fetch(_PARTITIONS))

    async def sequences(self) -> dict[str, int]:
        """Return where sequences are. They may be ahead of the rows, never behind."""
        return {row["name"]: row["value"] for row in await self.fetch(_SEQUENCES)}

    async def tables(self, add: AddPiece, only: str | None = None) -> dict[str, Stream]:
        """Read every table, or one, into pieces."""
        found = await self._lock()
        return {one.name: await self._read(one, add) for one in found if only in {None, one.name}}

    async def _lock(self) -> list[_Table]:
        rows = await self.fetch(_TABLES)
        found = [_Table(row["name"], tuple(row["columns"]), tuple(row["key"])) for row in rows]
        names = ", ".join(_quote(one.name) for one in found)
        statement = f"LOCK TABLE {names} IN ACCESS SHARE MODE"
        await self._connection.execute(statement)  # pyright: ignore[reportUnknownMemberType]
        return found

    async def _read(self, table: _Table, add: AddPiece) -> Stream:
        cutter, pieces = Cutter(), list[str]()

        async def take(data: bytes) -> None:
            for piece in cutter.feed(data):
                pieces.append(await add(piece))

        columns = ", ".join(_quote(name) for name in table.columns)
        order = ", ".join(_quote(name) for name in table.key or table.columns[:1])
        query = f"SELECT {columns} FROM public.{_quote(table.name)} ORDER BY {order}"  # noqa: S608 (names of the schema, quoted)
        await self._connection.copy_from_query(query, output=take, format="text")  # pyright: ignore[reportUnknownMemberType]
        for piece in cutter.flush():
            pieces.append(await add(piece))
        return Stream(columns=table.columns, lines=cutter.lines, pieces=tuple(pieces))


@asynccontextmanager
async def taken(database: Database) -> AsyncGenerator[Snapshot]:
    """Hold one instant of the database for as long as the block."""
    connection = await database.connect()
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):  # pyright: ignore[reportUnknownMemberType]
            await connection.execute("SET LOCAL statement_timeout = 0")  # pyright: ignore[reportUnknownMemberType]
            yield Snapshot(connection)
    finally:
        connection.terminate()


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
