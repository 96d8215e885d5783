"""Ending the write-ahead log: no file of it holds what was written before.

switch -> checkpoint: files behind are removed, or kept under a name to come, with their old bytes; again for a minute
   while some stay: an archive takes a moment
-> a switch for each file under a name to come: what is left of each is filled with zeros
"""

import asyncio
from typing import Final

import asyncpg

from chatelet.kernel.database import execute, fetch
from chatelet.privacy.disk.relations import limit

_CURRENT: Final = "SELECT pg_walfile_name(pg_current_wal_lsn())"
# Of the time line in use: names are compared.
_FILES: Final = """
SELECT name FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'
    AND left(name, 8) = left(pg_walfile_name(pg_current_wal_lsn()), 8) ORDER BY name
"""
_MARKED: Final = "SELECT pg_logical_emit_message(false, 'chatelet', '')"  # a switch after nothing does nothing
_MOST: Final = 1_024  # files, 16 GB
_ARCHIVED_SECONDS: Final = 60.0  # what was just closed is removed once it is archived
_LOOK_SECONDS: Final = 5.0


async def end(connection: asyncpg.Connection) -> tuple[int, str | None]:
    """End it; return how many files were passed, and why some of what was before is still kept, if it is."""
    await limit(connection, statement=0)
    first = await _switch(connection)
    loop = asyncio.get_running_loop()
    limit_at = loop.time() + _ARCHIVED_SECONDS
    while True:
        await execute(connection, "CHECKPOINT")
        files = await _names(connection)
        kept = [name for name in files if name < first]
        if not kept or loop.time() >= limit_at:
            break
        await asyncio.sleep(_LOOK_SECONDS)
    last, passed = files[-1], 0
    while (await _current(connection)) <= last and passed < _MOST:
        await _switch(connection)
        passed += 1
    if kept:  # by a replication slot, an archive that does not follow, wal_keep_size
        return passed, "kept_by_the_server"
    return passed, "too_many" if passed == _MOST else None


async def _switch(connection: asyncpg.Connection) -> str:
    """Go to the next file; return its name."""
    await execute(connection, _MARKED)
    await execute(connection, "SELECT pg_switch_wal()")
    await execute(connection, _MARKED)
    return await _current(connection)


async def _current(connection: asyncpg.Connection) -> str:
    return str((await fetch(connection, _CURRENT))[0][0])


async def _names(connection: asyncpg.Connection) -> list[str]:
    return [str(name) for (name,) in await fetch(connection, _FILES)]
