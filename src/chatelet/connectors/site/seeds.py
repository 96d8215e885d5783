"""Where a reading of a site begins: its robots.txt, then its sitemaps."""

from collections import deque
from typing import Final

from chatelet.connectors.asking import Server, refusal_of
from chatelet.connectors.contract import PlaceBroken, PlaceUnreachable
from chatelet.connectors.site.addresses import Bounds
from chatelet.connectors.site.asking import asked, is_passing, sitemap
from chatelet.connectors.site.rules import LONGEST, Pace, Rules
from chatelet.connectors.site.sitemaps import MOST_ADDRESSES, Sitemap

_ROBOTS: Final = "/robots.txt"
_MOST_SITEMAPS: Final = 500
_HOPS: Final = 5


def is_sitemap(path: str) -> bool:
    """Tell whether an address is that of a sitemap, or of the robots.txt that names them, by its path."""
    return path == _ROBOTS or path.lower().endswith((".xml", ".xml.gz"))


async def rules_of(server: Server, pace: Pace) -> Rules:
    """Read robots.txt. None at all allows everything; one that fails forbids everything (RFC 9309, 2.3.1)."""
    bounds, target = Bounds(server.origin, ""), _ROBOTS
    for _ in range(_HOPS):
        await pace.wait()
        answer = await asked(server, target, LONGEST)
        if is_passing(answer.status):
            raise PlaceUnreachable
        if answer.too_large:
            raise PlaceBroken
        followed = bounds.same_origin(target, answer.location) if 300 <= answer.status < 400 else None
        if followed is None:
            return Rules(answer.body.decode("utf-8", "replace"), server.origin)
        target = followed
    return Rules("", server.origin)


async def seeds_of(server: Server, pace: Pace, rules: Rules, start: str, bounds: Bounds) -> list[str]:
    """Return the targets within bounds that sitemaps name.

    A sitemap that was declared as the start must answer, with all that it names; others may be missing.
    """
    declared = is_sitemap(start.partition("?")[0])
    named = [start] if declared and start != _ROBOTS else list(rules.sitemaps)
    if declared and not named:
        raise PlaceBroken
    waiting = deque(one for address in named if (one := bounds.same_origin("/", address)) is not None)
    seen, found = set(waiting), list[str]()
    while waiting and len(seen) <= _MOST_SITEMAPS and len(found) < MOST_ADDRESSES:
        target = waiting.popleft()
        read = await _read(server, pace, target, declared=declared)
        below = (bounds.same_origin(target, address) for address in read.sitemaps)
        fresh = [one for one in dict.fromkeys(below) if one is not None and one not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
        pages = (bounds.target(target, address) for address in read.pages)
        found.extend(one for one in pages if one is not None)
    return found[:MOST_ADDRESSES]


async def _read(server: Server, pace: Pace, target: str, *, declared: bool) -> Sitemap:
    """Read a sitemap; an empty one where there is none that had to be."""
    bounds = Bounds(server.origin, "")
    for _ in range(_HOPS):
        await pace.wait()
        try:
            read = await sitemap(server, target)
        except PlaceBroken:
            break
        if isinstance(read, Sitemap):
            return read
        status, location = read
        followed = bounds.same_origin(target, location) if 300 <= status < 400 else None
        if followed is None:
            if declared or is_passing(status):
                raise refusal_of(status)
            return Sitemap()
        target = followed
    if declared:
        raise PlaceBroken
    return Sitemap()
