"""Indexing of a version: its passages, then their vectors; those of the version it replaces go."""

from uuid import UUID

from chatelet.documents.services import DocumentServices


async def index_file(services: DocumentServices, file_id: UUID) -> None:
    """Index the version that a file is, when it is read and current."""
    raise NotImplementedError
