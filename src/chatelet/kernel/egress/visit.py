"""The fetch of an address that a page, a document, a person or a model names: once, within limits, without credentials.

    targets.read -> posture -> one resolution, judged -> connection to that address -> redirect? from the beginning
                                                       -> bytes, inflated here, counted as they come (TA-061, TA-064)

No cookie, authorisation, referrer nor proxy; a new connection for each step. What an administrator declared inside is
allowed by exact origin, and only when the address itself begins there: no page leads to it (TA-062).
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import aiohttp
from yarl import URL

from chatelet.kernel.egress import gate, targets
from chatelet.kernel.egress.addresses import Address
from chatelet.kernel.egress.inflating import whole_body
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.egress.reasons import AddressRefused, Reason, VisitFailed
from chatelet.kernel.egress.resolving import Pinned, Resolve, resolve, resolve_public
from chatelet.kernel.egress.targets import Target

CONNECT_SECONDS: Final = 10.0
TOTAL_SECONDS: Final = 30.0
MOST_BYTES: Final = 10 * 1024 * 1024
MOST_REDIRECTS: Final = 5
_BLOCK: Final = 64 * 1024
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_KINDS: Final = frozenset({"application/xhtml+xml", "application/pdf"})
Enter = Callable[[Target], Awaitable[None]]  # says whether the caller wants what is about to be contacted
_Found = tuple[int, int, int, str, tuple[str | int, ...]]  # what getaddrinfo gives for one address
_IMAGES: Final = frozenset(f"image/{kind}" for kind in ("png", "jpeg", "gif", "webp", "avif", "tiff", "bmp"))


@dataclass(frozen=True, slots=True)
class Visited:
    """What an address gave. `address` is where the last redirect led; `kind` is the media type, without parameters."""

    address: str
    status: int
    kind: str
    charset: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """Never above those of TA-064, which are the defaults."""

    connect_seconds: float = CONNECT_SECONDS
    total_seconds: float = TOTAL_SECONDS
    most_bytes: int = MOST_BYTES


class Visits:
    """Visits for one purpose. `inside` are exact origins that an administrator declared."""

    def __init__(
        self,
        *,
        user_agent: str,
        inside: frozenset[str] = frozenset(),
        resolver: Resolve = resolve,
        limits: Limits = Limits(),
    ) -> None:
        self._user_agent = user_agent
        self._inside = inside
        self._resolve = resolver
        self._limits = limits

    async def fetch(self, address: str, enter: Enter | None = None) -> Visited:
        """Read an address. `enter` is awaited at each step, before anything is resolved: what it raises ends the visit.

        Raises `AddressRefused` (it may not be contacted), `VisitFailed` (it gave nothing).
        """
        try:
            async with asyncio.timeout(self._limits.total_seconds):
                return await self._follow(targets.read(address, self._inside), enter)
        except TimeoutError:
            raise VisitFailed(Reason.TOO_LATE) from None

    async def _follow(self, target: Target, enter: Enter | None) -> Visited:
        for _ in range(MOST_REDIRECTS + 1):
            if enter is not None:
                await enter(target)
            found = await self._step(target)
            if isinstance(found, Visited):
                return found
            # A declared origin leads within itself only: what another page names is never allowed by declaration.
            inside = frozenset({target.origin}) if target.is_declared else frozenset[str]()
            target = targets.redirected(target, found, inside)
        raise VisitFailed(Reason.REDIRECTS)

    async def _step(self, target: Target) -> Visited | str:
        """Contact one address; return what it gave, or where it leads. Counted by host, whatever happens."""
        here = gate.current()
        try:
            addresses = await self._addresses(target)
            found = await self._ask(target, addresses)
        except AddressRefused:
            here.tell(target.name, Purpose.PAGES, "refused", target.port)
            raise
        except (VisitFailed, TimeoutError):
            here.tell(target.name, Purpose.PAGES, "failed", target.port)
            raise
        here.tell(target.name, Purpose.PAGES, "answered", target.port)
        return found

    async def _addresses(self, target: Target) -> Sequence[Address]:
        """Return where to connect, judged; a declared origin is where its administrator says."""
        if target.is_declared:
            if not gate.current().posture.lets_declared(target.name, Purpose.WEB_SEARCH):
                raise AddressRefused(Reason.CLOSED)
            return [target.address] if target.address else await self._resolve(target.name)
        gate.current().check_visit(target.name)
        return [target.address] if target.address else await resolve_public(target.name, self._resolve)

    async def _ask(self, target: Target, addresses: Sequence[Address]) -> Visited | str:
        limits = self._limits
        connector = aiohttp.TCPConnector(
            resolver=Pinned(addresses),
            use_dns_cache=False,
            force_close=True,
            socket_factory=_sockets_to(addresses),
        )
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"user-agent": self._user_agent, "accept-encoding": "gzip"},
            trust_env=False,
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=limits.total_seconds, connect=limits.connect_seconds),
        ) as session:
            try:
                async with session.get(URL(target.url, encoded=True), allow_redirects=False) as response:
                    return await self._read(target, response)
            except aiohttp.ConnectionTimeoutError:
                raise VisitFailed(Reason.UNREACHABLE) from None
            except (aiohttp.ClientConnectionError, OSError) as error:
                late = isinstance(error, TimeoutError)
                raise VisitFailed(Reason.TOO_LATE if late else Reason.UNREACHABLE) from None
            except (aiohttp.ClientError, ValueError):
                raise VisitFailed(Reason.BAD_ANSWER) from None

    async def _read(self, target: Target, response: aiohttp.ClientResponse) -> Visited | str:
        if response.status in _REDIRECTS:
            location = response.headers.get("location")
            if not location:
                raise VisitFailed(Reason.BAD_ANSWER)
            return location
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not (kind.startswith("text/") or kind in _KINDS or kind in _IMAGES):
            raise VisitFailed(Reason.CONTENT_TYPE)
        body = await whole_body(
            response.content.iter_chunked(_BLOCK),
            response.headers.get("content-encoding", ""),
            self._limits.most_bytes,
        )
        return Visited(target.url, response.status, kind, response.charset, body)


def _sockets_to(addresses: Sequence[Address]) -> "Callable[[_Found], socket.socket]":
    """Return a maker of sockets to these addresses and to no other, whatever the client was led to believe."""
    judged = {str(address) for address in addresses}

    def make(info: _Found) -> socket.socket:
        family, kind, protocol, _name, where = info
        if str(where[0]) not in judged:
            raise OSError("not an address that was judged")
        return socket.socket(family, kind, protocol)

    return make
