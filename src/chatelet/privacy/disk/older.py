"""Transactions that began before a pass: as long as one lasts, PostgreSQL keeps for it what was deleted since.

Theirs, those prepared for a second phase, and what a replication slot asks to keep.
"""

import asyncio
from typing import Final

import asyncpg

from chatelet.kernel.database import fetch

_MARK: Final = "SELECT CAST(CAST(pg_current_xact_id() AS xid) AS text)"
# A VACUUM of the server's own holds nothing back for others; with ANALYZE, it does.
_OLDER: Final = """
SELECT
    (SELECT count(*) FROM pg_stat_activity
     WHERE pid <> pg_backend_pid() AND (datname = current_database() OR datname IS NULL)
        AND greatest(age(backend_xid), age(backend_xmin)) > age(CAST($1::text AS xid))
        AND NOT (backend_type = 'autovacuum worker' AND query LIKE 'autovacuum: VACUUM%'
            AND query NOT LIKE 'autovacuum: VACUUM ANALYZE%'))
    + (SELECT count(*) FROM pg_prepared_xacts
       WHERE database = current_database() AND age(transaction) > age(CAST($1::text AS xid)))
    + (SELECT count(*) FROM pg_replication_slots
       WHERE greatest(age(xmin), age(catalog_xmin)) > age(CAST($1::text AS xid)))
"""
_LOOK_SECONDS: Final = 0.2


async def wait_for_older(connection: asyncpg.Connection, seconds: float) -> bool:
    """Return once every transaction that is older than this call has ended; False after so many seconds."""
    mark = str((await fetch(connection, _MARK))[0][0])
    loop = asyncio.get_running_loop()
    limit = loop.time() + seconds
    while (await fetch(connection, _OLDER, mark))[0][0]:
        if loop.time() >= limit:
            return False
        await asyncio.sleep(_LOOK_SECONDS)
    return True
