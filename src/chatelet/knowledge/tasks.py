"""Jobs and routines of collections: versions are indexed, and the index kept."""

from uuid import UUID

from sqlalchemy import text

from chatelet.documents.services import DocumentServices
from chatelet.inference.gateway import Gateway
from chatelet.kernel.jobs import Payload
from chatelet.kernel.logs import get_logger
from chatelet.knowledge import indexing, reembedding

_ORPHANS = "SELECT count(*) FROM passages WHERE version_id NOT IN (SELECT id FROM document_versions)"
_FORGET = "DELETE FROM passages WHERE version_id NOT IN (SELECT id FROM document_versions)"
log = get_logger(__name__)


async def index(services: DocumentServices, gateway: Gateway, payload: Payload) -> None:
    """Index the version that a file is, if it is read and still current."""
    await indexing.index_file(services, gateway, UUID(payload["file"]))


async def keep(services: DocumentServices) -> None:
    """Do what the index puts off."""
    await indexing.keep(services)


async def keep_vectors(services: DocumentServices, gateway: Gateway) -> None:
    """Make vectors that are missing, those of another model among them."""
    async with services.database.transaction() as session:
        if not await indexing.has_vectors(session):
            return
    await reembedding.keep_vectors(services, gateway)


async def check_orphans(services: DocumentServices) -> int:
    """Count passages whose version is gone, which should be none, and delete them (TA-129)."""
    async with services.database.transaction() as session:
        found = int(await session.scalar(text(_ORPHANS)) or 0)
        if found:
            log.error("orphan_passages", passages=found)
            await session.execute(text(_FORGET))
    return found
