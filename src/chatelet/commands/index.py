"""`chatelet index …`: the index of documents, which is disposable; the originals are never touched."""

import argparse
import asyncio

from chatelet.commands.database import database_reached
from chatelet.kernel.database import Database
from chatelet.kernel.logs import configure_logs
from chatelet.knowledge import indexing, queries, vector_models
from chatelet.settings import Settings, load_settings


def rebuild(_arguments: argparse.Namespace) -> int:
    """Ask for every document to be indexed again, by the running service or at its next start; what is found stays."""
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    with database_reached(settings) as address:
        asked = asyncio.run(_rebuild(settings, address))
    print(f"{asked} documents will be indexed again")
    return 0


def status(_arguments: argparse.Namespace) -> int:
    """Tell what is indexed, whose vectors answer, and how far those of another model are."""
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    with database_reached(settings) as address:
        for line in asyncio.run(_status(settings, address)):
            print(line)
    return 0


async def _status(settings: Settings, address: str) -> list[str]:
    database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
    try:
        return await tell(database)
    finally:
        await database.close()


async def tell(database: Database) -> list[str]:
    """Return what is told, a line for the documents and one for each level."""
    async with database.transaction() as session:
        states = await queries.versions_by_state(session)
        vectors = await indexing.has_vectors(session)
        levels = await vector_models.progress(session) if vectors else []
    lines = [f"documents: {', '.join(f'{count} {state}' for state, count in sorted(states.items())) or 'none'}"]
    lines += [_line(one) for one in levels]
    return lines if vectors else [*lines, "vectors: none, the extension pgvector is missing; words only"]


def _line(one: vector_models.Progress) -> str:
    """Tell how far one level is."""
    share = f"{one.done} of {one.documents} documents"
    told = f"{one.level}: vectors of {one.answering} answer"
    told += f"; those of {one.arriving} are being made: {share}" if one.arriving else f": {share}"
    return told + (f"; those of {', '.join(one.leaving)} are being deleted" if one.leaving else "")


async def _rebuild(settings: Settings, address: str) -> int:
    database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
    try:
        async with database.transaction() as session:
            return await indexing.rebuild(session)
    finally:
        await database.close()
