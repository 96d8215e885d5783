"""Jobs and routines of forgetting."""

from uuid import UUID

from chatelet.kernel.jobs import Payload
from chatelet.privacy.rights import archive, erasure
from chatelet.privacy.services import PrivacyServices


async def write_archive(services: PrivacyServices, payload: Payload) -> None:
    """Write the archive of somebody's data."""
    await archive.build(services, UUID(payload["request"]))


async def erase_person(services: PrivacyServices, payload: Payload) -> None:
    """Erase somebody, until it is done."""
    await erasure.erase(services, UUID(payload["request"]))
