"""Which search server and places this domain contacts: for the page of the network's exits."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.egress.destinations import Destination, of_url
from chatelet.kernel.egress.purposes import Purpose
from chatelet.knowledge.sources.tables import DeclaredPlace
from chatelet.settings import Settings

_ADDRESSES = ("endpoint", "address", "start")  # of a bucket, a shared folder, a site; a folder of the machine has none


async def destinations(session: AsyncSession, settings: Settings) -> Sequence[Destination]:
    """Return the search server of the settings, and the places declared on the page."""
    found: list[Destination] = []
    if settings.search.engine == "opensearch" and settings.search.url is not None:
        found.append(of_url(Purpose.SEARCH_ENGINE, settings.search.url, "search.url"))
    for place in await session.scalars(select(DeclaredPlace)):
        addresses = (place.declared.get(name) for name in _ADDRESSES)
        for address in addresses:
            if isinstance(address, str) and address.startswith("http"):
                found.append(of_url(Purpose.PLACES, address, "administration", place.name))
    return found
