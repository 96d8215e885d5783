"""One resolution of a name, and connections to what it said only: nothing is resolved a second time (TA-061)."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_address
from typing import Final

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

from chatelet.kernel.egress import gate
from chatelet.kernel.egress.addresses import Address, judge
from chatelet.kernel.egress.posture import is_inside
from chatelet.kernel.egress.reasons import AddressRefused, Reason, VisitFailed

Resolve = Callable[[str], Awaitable[Sequence[Address]]]
_MOST: Final = 64


async def resolve(name: str) -> Sequence[Address]:
    """Return every address of a name, as the system resolves it, without its search list. Raises `VisitFailed`."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(f"{name}.", None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise VisitFailed(Reason.UNREACHABLE) from None
    return [ip_address(str(socket_address[0])) for *_rest, socket_address in found]


async def resolve_public(name: str, resolver: Resolve) -> Sequence[Address]:
    """Return the addresses of a name. Raises `AddressRefused` when a single one is not public, `VisitFailed`."""
    addresses = list(dict.fromkeys(await resolver(name)))
    if not addresses or len(addresses) > _MOST:
        raise VisitFailed(Reason.UNREACHABLE)
    for address in addresses:
        reason = judge(address)
        if reason is not None:
            raise AddressRefused(reason)
    return addresses


class Watched(ThreadedResolver):
    """Resolves declared servers as the system does; where nothing leaves, gives up unless all of it is inside."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses. Raises `OSError`."""
        found = await super().resolve(host, port, family)
        if gate.current().posture.mode == "none" and not all(is_inside(ip_address(one["host"])) for one in found):
            raise OSError("not an address inside")
        return found


class Pinned(AbstractResolver):
    """Answers with the addresses that were judged, whatever is asked."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        self._addresses = addresses

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 (aiohttp names it; every judged one is given)
    ) -> list[ResolveResult]:
        """Return them as the HTTP client wants them."""
        return [
            ResolveResult(
                hostname=host,
                host=str(address),
                port=port,
                family=socket.AF_INET if address.version == 4 else socket.AF_INET6,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address in self._addresses
        ]

    async def close(self) -> None:
        """Nothing to close."""
