"""Jobs and routines of files."""

from typing import Final
from uuid import UUID

from chatelet.documents.files import queries, reading, service
from chatelet.documents.services import DocumentServices
from chatelet.kernel.jobs import Payload
from chatelet.kernel.logs import get_logger

_ASKED_AT_ONCE: Final = 500
log = get_logger(__name__)


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


async def check_orphans(services: DocumentServices) -> int:
    """Delete blobs whose file is gone, whatever became of the job that should have; return how many files' there were.

    Blobs come after their row and rows go before their blobs: blobs without a row are of no file to come.
    """
    orphans, asked = 0, list[UUID]()
    async for name in services.storage.identifiers():
        asked.append(UUID(name))
        if len(asked) == _ASKED_AT_ONCE:
            orphans += await _delete_unknown(services, asked)
            asked = []
    orphans += await _delete_unknown(services, asked)
    log.info("orphan_blobs", files=orphans)
    return orphans


async def _delete_unknown(services: DocumentServices, asked: list[UUID]) -> int:
    async with services.database.transaction() as session:
        known = await queries.existing(session, asked)
    unknown = [identifier for identifier in asked if identifier not in known]
    for identifier in unknown:
        await services.storage.delete_all(str(identifier))
    return len(unknown)
