"""Puts the counts of this process in the database from time to time, and once more when it ends."""

import asyncio
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from chatelet.kernel.database import Database
from chatelet.kernel.egress import gate
from chatelet.kernel.logs import get_logger
from chatelet.policy.egress import service

_EVERY_SECONDS: Final = 5.0
log = get_logger(__name__)


async def keep_counts(database: Database, *, every: float = _EVERY_SECONDS) -> None:
    """Store until cancelled; what could not be stored waits for the next time."""
    try:
        while True:
            await asyncio.sleep(every)
            await store_counts(database)
    finally:
        await asyncio.shield(store_counts(database))


async def store_counts(database: Database) -> None:
    """Store what was counted since the last time."""
    ledger = gate.current().ledger
    counts = ledger.take()
    if not counts:
        return
    try:
        async with database.transaction() as session:
            await service.store(session, counts)
    except (SQLAlchemyError, OSError) as error:
        ledger.give_back(counts)
        log.warning("egress_counts_not_stored", error=type(error).__name__)


async def forget_old(database: Database) -> None:
    """Delete the counts that are too old."""
    async with database.transaction() as session:
        await service.forget(session)
