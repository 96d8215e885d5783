"""Jobs and routines of collections: versions are indexed, and the index kept."""

from uuid import UUID

from chatelet.documents.services import DocumentServices
from chatelet.inference.gateway import Gateway
from chatelet.kernel.jobs import Payload
from chatelet.knowledge import indexing, orphans, reembedding


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


async def check_orphans(services: DocumentServices) -> None:
    """Look for what documents that are gone left behind."""
    await orphans.check(services)
