"""Pages that a search named, read as they are now: robots, pace, a few at once, kept a few minutes.

    address -> strict parse -> robots.txt -> turn of its site -> one of eight places -> visit (kernel.egress.visit)
    a redirect leads through the rules of where it goes, and through that site's turn when it is another -> Fetched
    whatever goes wrong is a Missed, with its reason: never an error, the others come

No cookie, no credential, no referrer. What comes back is bytes for the closed reader, and what its head says.
"""

import asyncio
import contextlib
import re
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Final

from chatelet.connectors.web.head import Head, read_head
from chatelet.connectors.web.robots import Robots, pause_of
from chatelet.kernel.egress import targets
from chatelet.kernel.egress.reasons import AddressRefused, Reason, VisitFailed
from chatelet.kernel.egress.targets import Target
from chatelet.kernel.egress.visit import Visits

_KEPT_SECONDS: Final = 600.0
_MOST_KEPT: Final = 64 * 1024 * 1024  # bytes
_AT_ONCE: Final = 8
_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_MARKUP: Final = frozenset({"text/html", "application/xhtml+xml"})
_NAMES: Final = {"application/pdf": "page.pdf", "text/plain": "page.txt", "text/markdown": "page.md"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came. `asked` is what the search named, `address` where it was read; `name` tells the reader how."""

    asked: str
    address: str
    name: str
    body: bytes
    head: Head


@dataclass(frozen=True, slots=True)
class Missed:
    """A page that gave nothing: `reason` is one of the visit's, or `robots`, `status`, `kind`."""

    asked: str
    reason: str


class Pages:
    """Reads pages for everybody: it keeps nothing of who asked."""

    def __init__(self, visits: Visits, inside: frozenset[str]) -> None:
        self._visits, self._inside = visits, inside
        self._robots = Robots(visits)
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._turns: dict[str, _Turn] = {}
        self._kept: OrderedDict[str, tuple[float, Fetched]] = OrderedDict()

    async def read(self, address: str, may: Callable[[str], bool] | None = None) -> Fetched | Missed:
        """Return what became of an address; the caller holds the deadline. `may`: the hosts that it may lead to."""
        known = self._kept.get(address)
        if known is not None and time.monotonic() - known[0] < _KEPT_SECONDS:
            return known[1]
        way = _Way(self, may)
        try:
            async with way:
                await way.enter(targets.read(address, self._inside))
                visited = await self._visits.fetch(address, way.enter)
        except _NotAllowed:
            return Missed(address, "robots")
        except (AddressRefused, VisitFailed) as error:
            return Missed(address, error.reason.value)
        if visited.status != 200:
            return Missed(address, "status")
        name = "page.html" if visited.kind in _MARKUP else _NAMES.get(visited.kind)
        if name is None:
            return Missed(address, "kind")
        body, head = visited.body, Head()
        if visited.kind in _MARKUP:
            text = _decoded(body, visited.charset)
            body, head = b"\xef\xbb\xbf" + text.encode("utf-8", "replace"), read_head(text)
        return self._keep(Fetched(address, visited.address, name, body, head))

    @contextlib.asynccontextmanager
    async def admitted(self, origin: str, pause: float) -> AsyncGenerator[None]:
        """Wait for the turn of a site, then for one of the places: a slow site keeps none while it makes us wait."""
        async with self._turn_of(origin).taken(pause), self._at_once:
            yield

    async def pause_at(self, target: Target) -> float:
        """Return the pause that a site asks for. Raises `_NotAllowed`, `AddressRefused`, `VisitFailed`."""
        rules = await self._robots.rules_of(target.origin)
        pause = pause_of(rules)
        if pause is None or not rules.allow(target.path):
            raise _NotAllowed
        return pause

    def is_inside(self, target: Target) -> bool:
        """Tell an origin that an administrator declared."""
        return target.origin in self._inside

    def _turn_of(self, origin: str) -> "_Turn":
        if len(self._turns) > 1_000:
            self._turns = {name: turn for name, turn in self._turns.items() if turn.lock.locked()}
        return self._turns.setdefault(origin, _Turn())

    def _keep(self, page: Fetched) -> Fetched:
        self._kept[page.asked] = (time.monotonic(), page)
        self._kept.move_to_end(page.asked)
        while sum(len(one.body) for _, one in self._kept.values()) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return page


class _NotAllowed(Exception):
    """The site asks readers not to read there, or not so soon."""


class _Way:
    """One visit, step by step: it holds the turn of one site at a time, and waits for no other while it holds one."""

    def __init__(self, pages: Pages, may: Callable[[str], bool] | None) -> None:
        self._pages, self._may = pages, may
        self._held = contextlib.AsyncExitStack()
        self._at: str | None = None
        self._origin: str | None = None

    async def __aenter__(self) -> "_Way":
        return self

    async def __aexit__(self, *_ended: object) -> None:
        await self._held.aclose()

    async def enter(self, target: Target) -> None:
        """Return when the target may be asked for. Raises `AddressRefused`, `VisitFailed`, `_NotAllowed`."""
        if target.url == self._at:
            return
        if self._may is not None and not self._may(target.name):
            raise AddressRefused(Reason.LISTED)
        if self._pages.is_inside(target) and not target.is_declared:  # not even for its robots.txt
            raise AddressRefused(Reason.LEADS_INSIDE)
        if target.origin != self._origin:
            await self._held.aclose()
        pause = await self._pages.pause_at(target)
        if target.origin != self._origin:
            await self._held.enter_async_context(self._pages.admitted(target.origin, pause))
        self._at, self._origin = target.url, target.origin


class _Turn:
    """One question at a time to a site, and the pause that it asks for between two."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self._last = float("-inf")
        self._pause = 0.0

    def taken(self, pause: float) -> "_Turn":
        """Say which pause the site asks for."""
        self._pause = pause
        return self

    async def __aenter__(self) -> None:
        await self.lock.acquire()
        try:
            await asyncio.sleep(max(0.0, self._last + self._pause - time.monotonic()))
        except BaseException:
            self.lock.release()
            raise

    async def __aexit__(self, *_ended: object) -> None:
        self._last = time.monotonic()
        self.lock.release()


def _decoded(data: bytes, told: str | None) -> str:
    """Return the characters of a page: what its server says, else what it says itself, else UTF-8, else Windows'."""
    declared = _CHARSET.search(data[:4096])
    names = (told, declared[1].decode("ascii") if declared else None, "utf-8", "cp1252")
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", "replace")
    for name in names:
        if name is None:
            continue
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace")
