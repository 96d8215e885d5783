"""Routines of conversations: purge what was deleted, prepare the partitions of the months ahead."""

from datetime import timedelta

from sqlalchemy import text

from chatelet.conversations import service
from chatelet.kernel.database import Database
from chatelet.kernel.logs import get_logger

log = get_logger(__name__)


async def purge_deleted(database: Database, undo: timedelta) -> int:
    """Really delete conversations whose deletion can no longer be undone."""
    async with database.transaction() as session:
        purged = await service.purge(session, undo=undo)
    if purged:
        log.info("conversations_purged", count=purged)
    return purged


async def prepare_partitions(database: Database) -> None:
    """Make sure the partitions of the coming months exist."""
    async with database.transaction() as session:
        await session.execute(text("SELECT ensure_partitions('messages', 3)"))
