"""Statistics of tables, in which PostgreSQL keeps values of their columns in clear: the most common, and bounds.

ANALYZE makes them again, except for a table without rows, whose old ones it leaves as they are.
"""

import contextlib
from typing import Final

import asyncpg

from chatelet.kernel.database import execute, fetch
from chatelet.privacy.disk.relations import limit, refused

CATALOGS: Final = ("pg_statistic", "pg_statistic_ext_data")
CAN_CLEAR: Final = 180_000  # the first version that has pg_clear_attribute_stats
_VERSION: Final = "SELECT current_setting('server_version_num')::integer"
# Of the table and of its indexes on expressions, but for columns that hold no word.
_HELD: Final = """
FROM pg_stats s JOIN pg_attribute a
    ON a.attrelid = to_regclass(format('%I.%I', s.schemaname, s.tablename)) AND a.attname = s.attname
JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid IN (
    SELECT CAST($1::text AS regclass) UNION
    SELECT indexrelid FROM pg_index WHERE indrelid = CAST($1::text AS regclass))
AND t.typname <> ALL ('{bool,date,float8,int2,int4,int8,numeric,timestamptz,uuid,_uuid}')
"""
_CLEAR: Final = f"SELECT pg_clear_attribute_stats(s.schemaname, s.tablename, s.attname, s.inherited) {_HELD}"
# Before that version: a column given the type it has forgets its statistics.
_RETYPE: Final = f"""
SELECT format('ALTER TABLE %s ALTER COLUMN %I TYPE %s%s', CAST($1::text AS regclass), a.attname,
    format_type(a.atttypid, a.atttypmod), CASE WHEN a.attcollation NOT IN (0, t.typcollation)
        THEN ' COLLATE ' || CAST(CAST(a.attcollation AS regcollation) AS text) ELSE '' END)
{_HELD} AND a.attrelid = CAST($1::text AS regclass)
"""
_LEFT: Final = f"SELECT count(*) {_HELD}"


async def make_again(connection: asyncpg.Connection, name: str) -> str | None:
    """Make the statistics of a table again; return why the old ones, which hold values of deleted rows, are left."""
    table = _quote(name)
    await limit(connection, statement=0, lock=1_000)
    try:
        await execute(connection, f"ANALYZE {table}")
        if not (await fetch(connection, f"SELECT EXISTS (SELECT FROM {table})"))[0][0]:  # noqa: S608 (a name of the schema)
            return await _clear(connection, name)
    except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
        return "in_use"
    except asyncpg.PostgresError as error:
        return await refused(connection, name, error)
    return None


async def _clear(connection: asyncpg.Connection, name: str) -> str | None:
    if int((await fetch(connection, _VERSION))[0][0]) >= CAN_CLEAR:
        await fetch(connection, _CLEAR, name)
    else:
        for (statement,) in await fetch(connection, _RETYPE, name):
            with contextlib.suppress(asyncpg.FeatureNotSupportedError):  # a trigger, a generated column depends on it
                await execute(connection, str(statement))
    return "old_statistics" if (await fetch(connection, _LEFT, name))[0][0] else None


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
