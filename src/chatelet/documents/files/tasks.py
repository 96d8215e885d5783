"""Jobs and routines of files."""

from uuid import UUID

from chatelet.documents.files import reading, service
from chatelet.documents.services import DocumentServices
from chatelet.kernel.jobs import Payload


async def read_file(services: DocumentServices, payload: Payload) -> UUID | None:
    """Read a file; return it when it has text."""
    file_id = UUID(payload["file"])
    return file_id if await reading.read(services, file_id) else None


async def delete_blobs(services: DocumentServices, payload: Payload) -> None:
    """Delete what is stored of a file whose key is destroyed."""
    await services.storage.delete_all(payload["file"])


async def purge_abandoned(services: DocumentServices) -> None:
    """Delete files that nothing came to hold."""
    async with services.database.transaction() as session:
        await service.purge_abandoned(session)
