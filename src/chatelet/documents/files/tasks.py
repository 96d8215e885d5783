"""Jobs and routines of files."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from chatelet.documents.files import queries, reading, service
from chatelet.documents.services import DocumentServices
from chatelet.kernel import clock
from chatelet.kernel.jobs import Payload

_TRIED_AGAIN: Final = timedelta(days=7)
_AT_ONCE: Final = 200


async def read_file(services: DocumentServices, payload: Payload) -> UUID | None:
    """Read a file; return it when it has text."""
    file_id = UUID(payload["file"])
    return file_id if await reading.read(services, file_id) else None


async def delete_blobs(services: DocumentServices, payload: Payload) -> None:
    """Delete what is stored of a file whose key is destroyed."""
    await services.storage.delete_all(payload["file"])


async def read_not_examined(services: DocumentServices) -> None:
    """Have files that detectors broke on read again, for a week: detectors that were mended let them in."""
    async with services.database.transaction() as session:
        for row in await queries.not_examined(session, clock.now() - _TRIED_AGAIN, _AT_ONCE):
            await service.again(session, row)


async def purge_abandoned(services: DocumentServices) -> None:
    """Delete files that nothing came to hold."""
    async with services.database.transaction() as session:
        await service.purge_abandoned(session)
