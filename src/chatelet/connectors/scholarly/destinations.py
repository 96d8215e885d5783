"""Which scholarly services this installation asks: for the page of the network's exits."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.connectors.scholarly.services.catalogue import SERVICES
from chatelet.kernel.egress.destinations import Destination, of_url
from chatelet.kernel.egress.purposes import Purpose
from chatelet.settings import Settings


async def destinations(_session: AsyncSession, settings: Settings) -> Sequence[Destination]:
    """Return the services that are enabled; the mirror is no server."""
    found: list[Destination] = []
    for name in settings.scholarly.sources:
        if name in SERVICES:
            address = settings.scholarly.addresses.get(name, SERVICES[name].base)
            found.append(of_url(Purpose.SCHOLARLY, address, "scholarly.sources", name))
    return found
