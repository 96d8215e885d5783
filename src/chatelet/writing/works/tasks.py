"""Jobs and routines of works."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from chatelet.kernel import clock, jobs
from chatelet.kernel.jobs import Payload
from chatelet.writing.services import WritingServices
from chatelet.writing.works import queries, running, service
from chatelet.writing.works.sealed import KEPT_ALIVE

AT_ONCE: Final = 3
_AT_ONCE_WOKEN: Final = 100
_AT_ONCE_PURGED: Final = 100
_QUEUED_FOR: Final = timedelta(minutes=2)


async def write(services: WritingServices, payload: Payload) -> None:
    """Do a work."""
    await running.run(services, UUID(payload["work"]))


async def wake(services: WritingServices) -> int:
    """Ask again for works without process or job, and for those whose allowance opens again; return how many."""
    async with services.database.transaction() as session:
        moment = clock.now()
        found = await queries.lost(session, moment - KEPT_ALIVE, _AT_ONCE_WOKEN)
        lost = [row for row in found if row.state == "running" or moment - row.touched_at > _QUEUED_FOR]
        for row in lost:
            row.touched_at = moment
            row.token = None
        waited = await queries.reopened(session, moment, _AT_ONCE_WOKEN)
        await service.go_on(session, waited)
        await jobs.enqueue_all(session, service.WRITE, [{"work": str(row.id)} for row in (*lost, *waited)])
    return len(lost) + len(waited)


async def purge(services: WritingServices) -> int:
    """Delete all works whose time is over, some in each transaction; return how many."""
    count = 0
    while True:
        async with services.database.transaction() as session:
            rows = await queries.expired(session, clock.now(), _AT_ONCE_PURGED)
            count += await service.delete_all(session, rows, "expired", actor=None)
        if len(rows) < _AT_ONCE_PURGED:
            return count
