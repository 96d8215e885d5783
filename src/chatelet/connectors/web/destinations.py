"""Which engines and servers inside the search of the web may contact: for the page of the network's exits."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.egress.destinations import Destination, of_url
from chatelet.kernel.egress.purposes import Purpose
from chatelet.settings import Settings


async def destinations(_session: AsyncSession, settings: Settings) -> Sequence[Destination]:
    """Return the engines of the settings; pages of the web are declared with `egress.mode`."""
    web = settings.web_search
    named = (
        (web.searxng_url, "web_search.searxng_url", web.searxng_url is not None),
        (web.linkup_url, "web_search.linkup_key_file", web.linkup_key_file is not None),
        (web.mojeek_url, "web_search.mojeek_key_file", web.mojeek_key_file is not None),
    )
    found = [of_url(Purpose.WEB_SEARCH, url, setting) for url, setting, is_on in named if url is not None and is_on]
    return found + [of_url(Purpose.WEB_SEARCH, one, "web_search.inside_origins") for one in web.inside_origins]
