"""Which scholarly services this installation asks: for the page of the network's exits."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.connectors.scholarly.services.catalogue import enabled
from chatelet.kernel.egress.destinations import Destination, of_url
from chatelet.kernel.egress.purposes import Purpose
from chatelet.settings import Settings


async def destinations(_session: AsyncSession, settings: Settings) -> Sequence[Destination]:
    """Return the services that are enabled; the mirror is no server."""
    return [
        of_url(Purpose.SCHOLARLY, address, "scholarly.sources", service.name)
        for service, address in enabled(settings.scholarly)
    ]
