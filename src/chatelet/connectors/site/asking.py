"""One question to a site: its answer whole and bounded, whatever goes wrong with it told apart."""

import asyncio
from dataclasses import dataclass, replace
from typing import Final

from chatelet.connectors.asking import Server
from chatelet.connectors.contract import EntryTooLarge, PlaceBroken
from chatelet.connectors.inflating import Inflating
from chatelet.connectors.site.sitemaps import Sitemap
from chatelet.connectors.xml import NotXml
from chatelet.kernel.outbound import Incoming

LARGEST_PAGE: Final = 10 * 1024 * 1024
_LARGEST_SITEMAP: Final = 50 * 1024 * 1024
_ACCEPT: Final = {
    "accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.5",
    "accept-language": "fr,en;q=0.8",
}
_IDENTITY: Final = frozenset({"", "identity"})
_GZIP: Final = frozenset({"gzip", "x-gzip"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the site; `body` is that of a success only."""

    status: int
    content_type: str = ""
    location: str = ""
    mark: str | None = None
    body: bytes = b""
    declared_type: str = ""
    robots: str = ""
    too_large: bool = False


async def asked(server: Server, target: str, largest: int = LARGEST_PAGE) -> Answer:
    """Ask for a page. Raises `PlaceError` when there is no whole answer."""
    incoming = await server.ask("GET", target, headers=_ACCEPT, redirects=True)
    answer = Answer(
        status=incoming.status,
        content_type=incoming.content_type,
        location=incoming.header("location") or "",
        mark=incoming.header("etag") or incoming.header("last-modified"),
        declared_type=incoming.header("content-type") or "",
        robots=incoming.header("x-robots-tag") or "",
    )
    if incoming.status != 200:
        incoming.close()
        return answer
    try:
        return replace(answer, body=await _body(server, incoming, largest))
    except EntryTooLarge:
        return replace(answer, too_large=True)


async def sitemap(server: Server, target: str) -> Sitemap | tuple[int, str]:
    """Read a sitemap; or the status, and where it leads. Raises `PlaceBroken` when it is none, `PlaceError`."""
    incoming = await server.ask("GET", target, redirects=True)
    if incoming.status != 200:
        incoming.close()
        return incoming.status, incoming.header("location") or ""
    read = Sitemap()
    pieces = server.pieces(incoming, _LARGEST_SITEMAP)
    try:
        async for piece in pieces:
            await asyncio.to_thread(read.feed, piece)  # a piece may inflate to a thousand times its size
        read.flush()
    except (NotXml, EntryTooLarge):
        raise PlaceBroken from None
    finally:
        await pieces.aclose()
    return read


async def _body(server: Server, incoming: Incoming, largest: int) -> bytes:
    encoding = (incoming.header("content-encoding") or "").strip().lower()
    if encoding not in _IDENTITY | _GZIP:
        incoming.close()
        raise PlaceBroken
    inflating = Inflating() if encoding in _GZIP else None
    parts: list[bytes] = []
    size = 0
    pieces = server.pieces(incoming, largest)
    try:
        async for piece in pieces:
            for part in (piece,) if inflating is None else inflating.feed(piece):
                size += len(part)
                if size > largest:
                    raise EntryTooLarge
                parts.append(part)
    except NotXml:
        raise PlaceBroken from None
    finally:
        await pieces.aclose()
    if inflating is not None and parts and not inflating.ended:
        raise PlaceBroken
    return b"".join(parts)


def is_passing(status: int) -> bool:
    """Tell a failure that may be over in a while from one that says something of the page."""
    return status in {408, 425, 429} or status >= 500
