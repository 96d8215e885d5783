"""What each site lets a reader ask for, kept for an hour: robots.txt (RFC 9309), read as strictly as pages are."""

import time
from collections import OrderedDict
from typing import Final

from chatelet.connectors.contract import PlaceRefused
from chatelet.connectors.site.rules import LONGEST, Rules
from chatelet.kernel.egress.reasons import Reason, VisitFailed
from chatelet.kernel.egress.visit import Visits

_KEPT_SECONDS: Final = 3_600.0
_MOST: Final = 1_000
_EVERYTHING: Final = ""
_NOTHING: Final = "User-agent: *\nDisallow: /\n"


class Robots:
    """The rules of the sites met not long ago."""

    def __init__(self, visits: Visits) -> None:
        self._visits = visits
        self._kept: OrderedDict[str, tuple[float, Rules]] = OrderedDict()

    async def rules_of(self, origin: str) -> Rules:
        """Return the rules of an origin. Raises `AddressRefused`, `VisitFailed`: without an answer, nothing is read."""
        now = time.monotonic()
        known = self._kept.get(origin)
        if known is not None and now - known[0] < _KEPT_SECONDS:
            return known[1]
        rules = Rules(await self._text(origin), origin)
        self._kept[origin] = (now, rules)
        self._kept.move_to_end(origin)
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return rules

    async def _text(self, origin: str) -> str:
        """Return the file; none at all allows everything, one that fails forbids everything (RFC 9309, 2.3.1)."""
        address = f"{origin}/robots.txt"
        try:
            found = await self._visits.fetch(address)
        except VisitFailed as failed:
            if failed.reason is not Reason.CONTENT_TYPE:
                raise
            return _EVERYTHING
        if found.status >= 500 or found.status == 429:
            return _NOTHING
        return found.body[:LONGEST].decode("utf-8", "replace") if found.status == 200 else _EVERYTHING


def pause_of(rules: Rules) -> float | None:
    """Return the seconds to leave between two questions; None when a site asks for absurdly many."""
    try:
        return rules.pause
    except PlaceRefused:
        return None
