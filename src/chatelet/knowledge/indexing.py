"""Indexing of a version: its passages, then their vectors; those of the version it replaces go."""

from uuid import UUID

from chatelet.documents.services import DocumentServices
from chatelet.knowledge import queries


async def index_file(services: DocumentServices, file_id: UUID) -> None:
    """Index the version that a file is, when it is read and current."""
    async with services.database.transaction() as session:
        if await queries.version_of_file(session, file_id) is None:
            return
    raise NotImplementedError
