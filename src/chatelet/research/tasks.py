"""Jobs and routines of researches."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from chatelet.kernel import clock, jobs
from chatelet.kernel.jobs import Payload
from chatelet.research import queries, running, service
from chatelet.research.sealed import KEPT_ALIVE
from chatelet.research.services import ResearchServices

AT_ONCE: Final = 3
_AT_ONCE_WOKEN: Final = 100
_AT_ONCE_PURGED: Final = 100
_QUEUED_FOR: Final = timedelta(minutes=2)


async def research(services: ResearchServices, payload: Payload) -> None:
    """Do a research."""
    await running.run(services, UUID(payload["research"]))


async def wake(services: ResearchServices) -> int:
    """Ask again for researches that lost their process, or whose job is gone; return how many."""
    async with services.database.transaction() as session:
        moment = clock.now()
        found = await queries.lost(session, moment - KEPT_ALIVE, _AT_ONCE_WOKEN)
        lost = [row for row in found if row.token is not None or moment - row.touched_at > _QUEUED_FOR]
        for row in lost:
            row.touched_at, row.token = moment, None
        await jobs.enqueue_all(session, running.RESEARCH, [{"research": str(row.id)} for row in lost])
    return len(lost)


async def purge(services: ResearchServices) -> int:
    """Delete all researches whose time is over, some in each transaction; return how many."""
    count = 0
    while True:
        async with services.database.transaction() as session:
            rows = await queries.expired(session, clock.now(), _AT_ONCE_PURGED)
            count += await service.delete_all(session, rows, "expired", actor=None)
        if len(rows) < _AT_ONCE_PURGED:
            return count
