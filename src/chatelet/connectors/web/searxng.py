"""SearXNG, the institution's own: `POST /search`, `format=json` (docs.searxng.org, "Search API").

The query goes in the body, so that it is in no access log. The format must be allowed by the server's settings
(`search.formats`); it answers 403 otherwise.
"""

from typing import Any, Final
from urllib.parse import quote, urlencode

from chatelet.connectors.web.asking import Engine, objects_of, text_of
from chatelet.connectors.web.contract import MOST_RESULTS, Card, EngineFailed, WebResult, require_cleared
from chatelet.connectors.web.dates import day_of
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Level

_FORM: Final = {"content-type": "application/x-www-form-urlencoded"}


class Searxng:
    """A server that asks others: which ones is for its own administrator to say."""

    card = Card("searxng", "institution", "FR")

    def __init__(self, engine: Engine, highest: Level) -> None:
        self._engine, self._highest = engine, highest

    async def search(self, query: str, clearance: Clearance, *, language: str, within: float) -> list[WebResult]:
        """Return what it finds, best first. Raises `WebNotCleared`, `EngineFailed`."""
        require_cleared(clearance, self._highest)
        form = {"q": query, "format": "json", "language": language, "safesearch": "1", "categories": "general"}
        body = urlencode(form, quote_via=quote).encode()
        found = await self._engine.ask("POST", "/search", body, _FORM, within)
        listed = objects_of(found.get("results"))
        if listed is None:
            raise EngineFailed("broken")
        results = [one for raw in listed if (one := _result(raw)) is not None]
        if not results and found.get("unresponsive_engines"):
            raise EngineFailed("unreachable")  # those that it asks were all silent
        return results[:MOST_RESULTS]


def _result(raw: dict[str, Any]) -> WebResult | None:
    address = raw.get("url")
    if not isinstance(address, str):
        return None
    return WebResult(
        address,
        text_of(raw.get("title"), 300),
        text_of(raw.get("content"), 1_000),
        day_of(raw.get("publishedDate")) or day_of(raw.get("pubdate")),
    )
