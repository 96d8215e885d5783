"""One run of a source: what its place holds now, followed here.

    claim -> listing -> readers -> what has gone -> what is new or changed -> end
                |           (nothing is deleted, nor given to others, unless the listing ended well)
                +-- the place fails: told, tried again later

Everything is stored as it goes: a process that dies loses the entry it was reading, and the next run goes on.
"""

import asyncio
from typing import Final
from uuid import UUID

from chatelet.connectors.contract import PlaceError
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.knowledge.sources import bringing, lease, leaving, listing, readers
from chatelet.knowledge.sources.errors import SourceInterrupted, SourceTooSlow
from chatelet.knowledge.sources.lease import LeaseLost, Run
from chatelet.knowledge.sources.opened import opened
from chatelet.knowledge.sources.services import SourceServices

_LONGEST_LISTING: Final = 3_600.0  # seconds
log = get_logger(__name__)


async def follow(services: SourceServices, source_id: UUID) -> None:
    """Run a source that is due, unless another process does."""
    run = await lease.claim(services, source_id)
    if run is None:
        return
    await carry(services, run)


async def carry(services: SourceServices, run: Run) -> None:
    """Carry a run to its end; one that lost its lease is given up."""
    try:
        async with lease.renewed(services.documents.database, run):
            await _run(services, run)
    except LeaseLost:
        log.info("source_run_given_up", source=str(run.source_id))


async def _run(services: SourceServices, run: Run) -> None:
    try:
        is_whole = await _follow(services, run)
    except (PlaceError, AppError) as error:
        await lease.break_off(services, run, error.code)
    except TimeoutError:
        await lease.break_off(services, run, SourceTooSlow.code)
    except LeaseLost:
        raise
    except Exception:
        log.exception("source_run_failed", source=str(run.source_id))
        await lease.break_off(services, run, SourceInterrupted.code)
    else:
        await lease.end(services, run, is_whole=is_whole)


async def _follow(services: SourceServices, run: Run) -> bool:
    async with opened(services, run.declared, run.credential, run.path) as place:
        async with asyncio.timeout(_LONGEST_LISTING):
            await listing.list_all(services, run, place)
        await readers.follow_readers(services, run)
        await leaving.remove_gone(services, run)
        return await bringing.bring_all(services, run, place)
