"""What the index in PostgreSQL does later, a little at a time: a job calls `maintain` until it has nothing left to do.

Fresh vectors enter the graph (2 ms each, which a person who has just added a document need not wait for). Terms of
collections that grew or shrank by a tenth are counted again: their rarity changes slowly.
"""

from typing import Final

from chatelet.kernel.database import Executor, execute, fetch
from chatelet.knowledge.engines import postgres_statements as sql

COUNTED_EXACTLY: Final = 2_000  # passages of a scope whose terms are counted at each search


async def maintain(executor: Executor, *, vectors: bool = True) -> bool:
    """Do some of what waits; tell whether there was anything."""
    return await count_terms(executor) or (vectors and await settle(executor) > 0)


async def settle(executor: Executor, at_once: int = 500) -> int:
    """Put some fresh vectors in the graph; return how many."""
    return len(await fetch(executor, sql.SETTLE, at_once))


async def count_terms(executor: Executor, above: int = COUNTED_EXACTLY // 4) -> bool:
    """Count the terms of one collection of more than `above` passages that changed much; tell whether there was one."""
    stale = await fetch(executor, sql.STALE_COLLECTIONS, above)
    if not stale:
        return False
    collection = stale[0][0]
    await execute(executor, sql.FORGET_COUNTS, collection)
    await execute(executor, sql.COUNT_AGAIN, collection)
    await execute(executor, sql.SAY_COUNTED, collection)
    return True
