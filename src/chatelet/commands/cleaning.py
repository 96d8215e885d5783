"""The disk of the database, cleaned of what was deleted: each night where the database is ours, and by command.

With an external database it is for a timer of the administrator's (deploy/systemd): only the owner's role can do it.
"""

import asyncio
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from chatelet.commands.database import Addresses
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.embedded import snapshots
from chatelet.kernel.embedded.cluster import cluster_in
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.privacy.disk import cleaning, service
from chatelet.privacy.disk.cleaning import Patience
from chatelet.privacy.disk.tables import DiskCleaning
from chatelet.settings import Settings

_FIRST_SECONDS: Final = 900.0  # once what a start brings is over
_EACH_SECONDS: Final = 600.0
_NIGHT_HOURS: Final = 3  # from privacy.disk_hour
_SINCE_WHOLE: Final = timedelta(hours=20)
_SINCE_TRIED: Final = timedelta(minutes=50)
_UNHEARD: Final = timedelta(days=2)  # a machine that sleeps at night is cleaned by day
log = get_logger(__name__)


class DiskCleaner:
    """Cleans, once a night and again within it what was left, where the database is ours."""

    def __init__(self, settings: Settings, addresses: Addresses, *, first: float = _FIRST_SECONDS) -> None:
        self._settings = settings
        self._owner = addresses.owner if addresses.embedded else None
        self._next = time.monotonic() + first
        self.running: asyncio.Task[None] | None = None

    def look(self) -> None:
        """Begin when it is time; it goes on beside what else the loop does."""
        if self._owner is not None and time.monotonic() >= self._next and (self.running is None or self.running.done()):
            self._next = time.monotonic() + _EACH_SECONDS
            self.running = asyncio.create_task(self._run(self._owner), name="clean the disk")

    async def _run(self, owner: str) -> None:
        try:
            if await self._is_due(owner):
                await clean_disk(self._settings, owner, Patience(self._settings.privacy.disk_table_seconds))
        except (AppError, SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("disk_not_cleaned", error=getattr(error, "code", type(error).__name__))

    async def _is_due(self, owner: str) -> bool:
        database = Database(owner, pool_size=1, ca_file=self._settings.database.ca_file)
        try:
            async with database.transaction() as session:
                tried, whole = await service.last(session), await service.last_whole(session)
                owed = await service.owed_since(session)
        finally:
            await database.close()
        known = Standing(tried.began_at if tried else None, whole.began_at if whole else None, owed)
        return is_due(clock.now().astimezone(), self._settings.privacy.disk_hour, known)


@dataclass(frozen=True, slots=True)
class Standing:
    """When a pass last began, when one that left nothing did, and since when a certified destruction waits for one."""

    tried: datetime | None
    whole: datetime | None
    owed: datetime | None


def is_due(now: datetime, from_hour: int, known: Standing) -> bool:
    """Tell whether to clean at `now`, as clocks of this machine show it; what was left is tried again in the night."""
    if known.tried is not None and now - known.tried < _SINCE_TRIED:
        return False
    if known.whole is not None and now - known.whole < _SINCE_WHOLE:
        return False
    if (now.hour - from_hour) % 24 < _NIGHT_HOURS:
        return True
    long_owed = known.owed is not None and now - known.owed > _UNHEARD
    return long_owed and (known.tried is None or now - known.tried > _UNHEARD)


async def clean_disk(settings: Settings, owner: str, patience: Patience) -> DiskCleaning:
    """Make one pass, and have snapshots that outlived backups leave. Raises `DiskCleaningForbidden`."""
    gone = await asyncio.to_thread(snapshots.forget, settings.data_dir / "snapshots", settings.privacy.backup_days)
    database = Database(owner, pool_size=1, ca_file=settings.database.ca_file)
    try:
        done = await cleaning.clean(database, replace(patience, folder=_folder(settings)))
    finally:
        await database.close()
    write = log.warning if done.left_over else log.info
    left = {name: one["reason"] for name, one in done.left_over.items()}
    write("disk_cleaned", tables=done.rewritten, segments=done.segments, snapshots=gone, left=left)
    return done


def _folder(settings: Settings) -> Path | None:
    """Return where the embedded server keeps its data."""
    folder = cluster_in((settings.data_dir / "postgres").resolve()).data
    return folder if settings.database.url is None and folder.is_dir() else None


def told(done: DiskCleaning) -> str:
    """Return a pass in words."""
    seconds = (done.ended_at - done.began_at).total_seconds()
    lines = [
        f"{done.rewritten} tables rewritten ({done.bytes / 1024**2:.0f} MB),"
        f" {done.segments} files of the write-ahead log ended, in {seconds:.0f} s."
    ]
    if not done.left_over:
        lines.append(
            f"What was deleted before {done.began_at:%Y-%m-%d %H:%M:%S} UTC is in the database's files no more."
        )
    lines += [f"Left: {name} ({REASONS[one['reason']]})" for name, one in sorted(done.left_over.items())]
    return "\n".join(lines)


REASONS: Final = {
    "too_long": "its rewriting takes longer than a table may be out of reach: --table-seconds, when nobody works",
    "in_use": "in use all the while: run again",
    "old_statistics": "it is empty, and PostgreSQL before 18 keeps its statistics; as a superuser:"
    " DELETE FROM pg_statistic WHERE starelid = 'TABLE'::regclass",
    "disk_full": "no room for its copy",
    "no_room": "its copy needs twice its size and 1 GB free: make room, then run again",
    "failed": "PostgreSQL refused, the log says why (table_not_rewritten): see to it, then run again",
    "not_rewritten": "PostgreSQL left it as it was: it is not the owner's, or the owner does not own the database",
    "abandoned": "a crash left this file, which no table uses (docs/operate/forgotten-disk.md)",
    "older_transactions": "a transaction older than the pass did not end: a backup, or a replication slot",
    "kept_by_the_server": "a replication slot, or an archive that does not follow, keeps older files",
    "too_many": "too many files: lower min_wal_size and max_wal_size",
}
