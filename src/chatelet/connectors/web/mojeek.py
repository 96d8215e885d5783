"""Mojeek (United Kingdom), an index of its own: `GET /search`, `fmt=json` (mojeek.com, "Search API").

The key is a parameter of the query, as its documentation asks: it goes to that origin and nowhere else.
"""

from typing import Any
from urllib.parse import quote, urlencode

from chatelet.connectors.web.asking import Engine, object_of, objects_of, text_of
from chatelet.connectors.web.contract import MOST_RESULTS, Card, EngineFailed, WebResult, require_cleared
from chatelet.connectors.web.dates import day_of
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Level


class Mojeek:
    """A commercial engine of Europe, outside the Union."""

    card = Card("mojeek", "Mojeek", "GB")

    def __init__(self, engine: Engine, highest: Level, key: str) -> None:
        self._engine, self._highest, self._key = engine, highest, key

    async def search(self, query: str, clearance: Clearance, *, language: str, within: float) -> list[WebResult]:
        """Return what it finds, best first. Raises `WebNotCleared`, `EngineFailed`."""
        require_cleared(clearance, self._highest)
        asked = {"api_key": self._key, "q": query, "fmt": "json", "t": str(MOST_RESULTS)}
        asked |= {"lb": language.upper(), "lbb": "50"}
        found = await self._engine.ask("GET", f"/search?{urlencode(asked, quote_via=quote)}", None, {}, within)
        response = object_of(found.get("response"))
        if response is None:
            raise EngineFailed("broken")
        status = text_of(response.get("status"), 200)
        if status != "OK":
            raise EngineFailed("limited" if "limit" in status.lower() else "refused")
        results = [one for raw in objects_of(response.get("results")) or () if (one := _result(raw)) is not None]
        return results[:MOST_RESULTS]


def _result(raw: dict[str, Any]) -> WebResult | None:
    address = raw.get("url")
    if not isinstance(address, str):
        return None
    title, extract = text_of(raw.get("title"), 300), text_of(raw.get("desc"), 1_000)
    return WebResult(address, title, extract, day_of(raw.get("pdate")) or day_of(raw.get("date")))
