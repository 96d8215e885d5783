"""Linkup (France): `POST /v1/search`, depth `fast`, output `searchResults` (docs.linkup.so, "Search").

`fast` hands the query to the index as it is; the other depths give it to a model first, which may rewrite it.
"""

from typing import Any

import msgspec

from chatelet.connectors.web.asking import Engine, objects_of, text_of
from chatelet.connectors.web.contract import MOST_RESULTS, Card, EngineFailed, WebResult, require_cleared
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Level


class Linkup:
    """A commercial engine of the Union."""

    card = Card("linkup", "Linkup", "FR")

    def __init__(self, engine: Engine, highest: Level) -> None:
        self._engine, self._highest = engine, highest

    async def search(
        self,
        query: str,
        clearance: Clearance,
        *,
        language: str,  # noqa: ARG002 (it answers in the query's own)
        within: float,
    ) -> list[WebResult]:
        """Return what it finds, best first. Raises `WebNotCleared`, `EngineFailed`."""
        require_cleared(clearance, self._highest)
        wanted = {"q": query, "depth": "fast", "outputType": "searchResults", "includeImages": False}
        headers = {"content-type": "application/json"}
        found = await self._engine.ask("POST", "/v1/search", msgspec.json.encode(wanted), headers, within)
        listed = objects_of(found.get("results"))
        if listed is None:
            raise EngineFailed("broken")
        return [one for raw in listed if (one := _result(raw)) is not None][:MOST_RESULTS]


def _result(raw: dict[str, Any]) -> WebResult | None:
    address = raw.get("url")
    if not isinstance(address, str) or raw.get("type", "text") != "text":
        return None
    return WebResult(address, text_of(raw.get("name"), 300), text_of(raw.get("content"), 1_000))
