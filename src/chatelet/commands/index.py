"""`chatelet index …`: the index of documents, which is disposable; the originals are never touched."""

import argparse
import asyncio

from chatelet.commands.database import database_reached
from chatelet.kernel.database import Database
from chatelet.kernel.logs import configure_logs
from chatelet.knowledge import indexing
from chatelet.settings import Settings, load_settings


def rebuild(_arguments: argparse.Namespace) -> int:
    """Ask for every document to be indexed again, by the running service or at its next start; what is found stays."""
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    with database_reached(settings) as address:
        asked = asyncio.run(_rebuild(settings, address))
    print(f"{asked} documents will be indexed again")
    return 0


async def _rebuild(settings: Settings, address: str) -> int:
    database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
    try:
        async with database.transaction() as session:
            return await indexing.rebuild(session)
    finally:
        await database.close()
