"""robots.txt (RFC 9309) and the pace that it asks for."""

import asyncio
import time
from typing import Final

from protego import Protego

from chatelet.connectors.contract import PlaceRefused

AGENT: Final = "chatelet"
LONGEST: Final = 512 * 1024
_SLOWEST: Final = 60.0
_MOST_SITEMAPS: Final = 100


class Rules:
    """What a site lets a reader ask for, how often, and where its sitemaps are."""

    def __init__(self, text: str, origin: str) -> None:
        self._origin = origin
        self._robots = Protego.parse(text.replace("\x00", ""))
        self.sitemaps = tuple(self._robots.sitemaps)[:_MOST_SITEMAPS]

    def allow(self, target: str) -> bool:
        """Tell whether a target may be asked for."""
        return self._robots.can_fetch(self._origin + target, AGENT)

    @property
    def pause(self) -> float:
        """Seconds between two questions. Raises `PlaceRefused` when the site asks for absurdly many."""
        rate = self._robots.request_rate(AGENT)
        by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
        asked = max(0.0, self._robots.crawl_delay(AGENT) or 0.0, by_rate)
        if asked > _SLOWEST:
            raise PlaceRefused
        return asked


class Pace:
    """Waits between two questions."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._last = float("-inf")

    async def wait(self) -> None:
        """Return when the next question may be asked."""
        left = self._last + self.seconds - time.monotonic()
        if left > 0:
            await asyncio.sleep(left)
        self._last = time.monotonic()
