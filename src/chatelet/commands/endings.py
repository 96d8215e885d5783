"""What ends the journal's retention without anybody asking, and what `chatelet check` says when an end is late.

The application's role can delete nothing of the journal: whoever keeps the embedded database, and has the owner's
role, does it each day. With an external database it is for a timer of the administrator's (deploy/systemd).
"""

import asyncio
import time
from datetime import timedelta
from typing import Final

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from chatelet.audit import expiry
from chatelet.audit.events import JournalPurged
from chatelet.backups import last
from chatelet.commands.database import Addresses
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.policy.retention.kinds import Kind
from chatelet.policy.retention.lasting import institution
from chatelet.settings import Settings

LATE: Final = timedelta(days=2)  # timers run each day
_FIRST_SECONDS: Final = 600.0  # once what a start brings is over
_EACH_SECONDS: Final = 86_400.0
_JUMP: Final = timedelta(hours=12)  # as for the retention of content: what a wrong date destroys does not come back
log = get_logger(__name__)


class JournalEnding:
    """Drops the months of the journal that are over, once a day, where the database is ours."""

    def __init__(self, settings: Settings, addresses: Addresses, *, first: float = _FIRST_SECONDS) -> None:
        self._settings = settings
        self._owner = addresses.owner if addresses.embedded else None
        self._next = time.monotonic() + first
        self.running: asyncio.Task[None] | None = None

    def look(self) -> None:
        """Begin when it is time; it goes on beside what else the loop does."""
        if self._owner is not None and time.monotonic() >= self._next:
            self._next = time.monotonic() + _EACH_SECONDS
            self.running = asyncio.create_task(self._run(self._owner), name="end the journal's months")

    async def _run(self, owner: str) -> None:
        try:
            await end_months(self._settings, owner)
        except (AppError, SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("journal_not_purged", error=getattr(error, "code", type(error).__name__))


async def end_months(settings: Settings, owner: str) -> JournalPurged | None:
    """Drop what the retention matrix says is over, unless the clock jumped. Raises `PurgeTooEarly`."""
    jump = clock.jump()
    if jump > _JUMP:
        log.error("clock_jumped", hours=round(jump.total_seconds() / 3600), held_back="journal")
        return None
    forward = settings.audit.forward
    database = Database(owner, pool_size=1, ca_file=settings.database.ca_file)
    try:
        async with database.transaction() as session:
            days = await institution(session, Kind.JOURNAL) or 0
        collector = forward.collector if forward.address is not None else None
        told = await expiry.expire(database, retention_days=days, collector=collector)
    finally:
        await database.close()
    if told is not None:
        log.info("journal_purged", events=told.events)
    return told


async def months_late(database: Database) -> int:
    """Return how many months of the journal should have been dropped two days ago."""
    async with database.transaction() as session:
        days = await institution(session, Kind.JOURNAL)
        if days is None:
            return 0
        return len(await expiry.months_over(await session.connection(), timedelta(days=days) + LATE))


def pruning_is_late(settings: Settings) -> bool:
    """Tell whether backups are made here, and were not pruned for two days."""
    made, pruned = last.read(settings), last.pruned_at(settings)
    return made is not None and (pruned is None or clock.now() - pruned > LATE)
