"""Jobs of collections: the passages of a version that was read can be found."""

from uuid import UUID

from chatelet.documents.services import DocumentServices
from chatelet.kernel.jobs import Payload
from chatelet.knowledge import indexing


async def index(services: DocumentServices, payload: Payload) -> None:
    """Index the version that a file is, if it is read and still current."""
    await indexing.index_file(services, UUID(payload["file"]))
