"""Linking: gives each committed event its place in the chain, off the turn's path.

    events + queue (written by turns) --link, every second, one process--> links --seal--> seals, head file

The queue holds exactly what is committed and not yet linked, whatever the length of a transaction and the order of
commits: an event becomes visible with its place in the queue, and leaves it in the transaction that links it. Nothing
depends on clocks, on transaction numbers (which a restored dump forgets) nor on identifiers being in order.
"""

from typing import Final
from uuid import UUID

from chatelet.audit import queries
from chatelet.audit.encoding import GENESIS, chain
from chatelet.kernel.database import Database
from chatelet.kernel.logs import get_logger

BATCH: Final = 5_000
log = get_logger(__name__)


async def link(database: Database) -> int:
    """Link at most `BATCH` waiting events, in one transaction; return how many (0 when another process is at it)."""
    async with database.transaction() as session:
        connection = await session.connection()
        if not await queries.something_waits(connection) or not await queries.become_sealer(connection):
            return 0
        found = await queries.waiting(connection, BATCH)
        _tell_linked_twice([event_id for event_id, _, linked in found if linked])
        fresh = [(event_id, digest) for event_id, digest, linked in found if not linked]
        if fresh:
            seq, chain_hash = await queries.last_link(connection) or (0, GENESIS)
            hashes: list[bytes] = []
            for number, (event_id, digest) in enumerate(fresh, start=seq + 1):
                chain_hash = chain(chain_hash, number, event_id, digest)
                hashes.append(chain_hash)
            seqs = list(range(seq + 1, seq + 1 + len(fresh)))
            await queries.add_links(connection, seqs, [one[0] for one in fresh], [one[1] for one in fresh], hashes)
        await queries.stop_waiting(connection, [event_id for event_id, _, _ in found])
        return len(fresh)


async def link_all(database: Database) -> int:
    """Link all that was committed before the call; return how many."""
    total = 0
    while True:
        linked = await link(database)
        total += linked
        if linked < BATCH:
            return total


def _tell_linked_twice(event_ids: list[UUID]) -> None:
    """Someone put linked events back in the queue: they are not linked again."""
    if event_ids:
        log.error("journal_relinking_refused", events=len(event_ids), first=str(event_ids[0]))
