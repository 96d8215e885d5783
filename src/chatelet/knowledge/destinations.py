"""Which search server and places this domain contacts: for the page of the network's exits."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.egress.destinations import Destination, of_url
from chatelet.kernel.egress.purposes import Purpose
from chatelet.knowledge.sources.tables import DeclaredPlace
from chatelet.settings import Settings

_ADDRESSES: Final = ("endpoint", "address")  # of a bucket; of a shared folder, a site; a folder here has none


async def destinations(session: AsyncSession, settings: Settings) -> Sequence[Destination]:
    """Return the search server of the settings, and the places declared on the page."""
    found: list[Destination] = []
    if settings.search.engine == "opensearch" and settings.search.url is not None:
        found.append(of_url(Purpose.SEARCH_ENGINE, settings.search.url, "search.url"))
    for place in await session.scalars(select(DeclaredPlace)):
        addresses = [place.declared.get(name) for name in _ADDRESSES]
        found += [
            of_url(Purpose.PLACES, one, "administration", place.name) for one in addresses if isinstance(one, str)
        ]
    return found
