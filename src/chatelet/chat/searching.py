"""The web as one more source of an answer, when the person asked for it and confirmed the words that leave.

    level again -> engines, one deadline -> sites by tier -> pages: visited, read in the closed reader, one deadline
                -> the passages that fit best -> snapshots kept and journalled -> passages, told as from the web

What comes back is data of unknown intent: it is given between tags, cannot ask for anything, and no page leads to
another. A dead engine or page is a notice. No transaction while waiting.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from chatelet.audit import events as journal_events
from chatelet.audit import journal
from chatelet.chat import unsearched
from chatelet.chat.events import NoticeEvent, Status
from chatelet.chat.live import LiveTurn
from chatelet.chat.offered import Offered, Origin
from chatelet.chat.opening import AskedTurn
from chatelet.chat.prompt import Lacking
from chatelet.chat.services import ChatServices
from chatelet.chat.web.reading import Read, read_all
from chatelet.connectors.web import engines, sites
from chatelet.connectors.web.addresses import site_of
from chatelet.connectors.web.contract import WebNotCleared, WebResult, require_cleared
from chatelet.connectors.web.engines import Found
from chatelet.connectors.web.pages import Missed
from chatelet.connectors.web.tiers import Lists, Tier
from chatelet.conversations.parts import WebPart
from chatelet.conversations.snapshots import service as snapshots
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge import among
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Level

LACKING: Final[Lacking] = "nothing_web"
_MOST_CHARACTERS: Final = 24_000
_OF_ONE_SITE: Final = 2
_SPARE: Final = 2  # pages asked for beyond those wanted: some are always dead


@dataclass(frozen=True, slots=True)
class FromWeb:
    """Passages of the pages read, and what became of the search."""

    offered: tuple[Offered, ...] = ()
    notices: tuple[NoticeEvent, ...] = ()


def is_asked(asked: AskedTurn) -> bool:
    """Tell whether the question came with a search of the web."""
    return _part(asked) is not None


async def search(
    services: ChatServices, asked: AskedTurn, live: LiveTurn, clearance: Clearance, *, characters: int
) -> FromWeb:
    """Return at most `characters` of passages of pages; what cannot be is told, and the answer goes on."""
    part, web = _part(asked), services.web
    if part is None or not web.engines:
        return FromWeb(notices=(_not_searched("web_search_off"),))
    try:
        require_cleared(clearance, Level(web.settings.highest_level))
    except WebNotCleared as refused:
        await unsearched.tell(services, asked, refused)
        return FromWeb(notices=(_not_searched(refused.code),))
    live.tell(Status(step="searching_web"))
    async with services.database.transaction() as session:
        lists = await sites.lists_for(session, asked.principal, web.sites)
    found = await engines.search(
        web.engines, part.query, clearance, language=asked.language, within=web.settings.search_seconds
    )
    wanted = wanted_of(found, lists, part, web.settings.pages + _SPARE)
    if wanted:
        live.tell(Status(step="reading_pages", pages=min(len(wanted), web.settings.pages)))
    ended = await read_all(services, wanted, lists, frozenset(part.tiers), within=web.settings.read_seconds)
    pages = [one for one in ended if isinstance(one, Read)][: web.settings.pages]
    missed = [one for one in ended if isinstance(one, Missed)]
    chosen = await asyncio.to_thread(_choose, f"{part.query}\n{asked.opened.question}", pages, characters)
    identified = [(uuid7(), page, passages) for page, passages in chosen]
    await _keep(services, asked, found, identified, missed)
    return FromWeb(tuple(_offered(identified)), tuple(_told(found, identified, missed)))


def _part(asked: AskedTurn) -> WebPart | None:
    return next((one for one in asked.opened.given if isinstance(one, WebPart)), None)


def _not_searched(reason: str) -> NoticeEvent:
    return NoticeEvent(code="web_not_searched", params={"reason": reason})


def wanted_of(found: Found, lists: Lists, part: WebPart, most: int) -> list[WebResult]:
    """Return the results to read: of sites that are not denied, of the tiers wanted, a few of each site."""
    tiers = {Tier(name) for name in part.tiers} or set(Tier)
    seen: Counter[str] = Counter()
    wanted: list[WebResult] = []
    for result in found.results:
        site = site_of(result.address)
        if lists.tier_of(site) in tiers and seen[site] < _OF_ONE_SITE:
            seen[site] += 1
            wanted.append(result)
    return wanted[:most]


_Chosen = list[tuple[Read, list[int]]]
_Identified = Sequence[tuple[UUID, Read, list[int]]]


def _choose(question: str, pages: Sequence[Read], characters: int) -> _Chosen:
    """Return, of each page, the places of the passages that fit best, all within the budget. For a thread."""
    texts = [(page, place) for page in pages for place in range(len(page.passages))]
    best = among.best(question, [page.passages[place].text for page, place in texts], min(characters, _MOST_CHARACTERS))
    kept: dict[str, list[int]] = {}
    for index in best:
        page, place = texts[index]
        kept.setdefault(page.snapshot.address, []).append(place)
    return [(page, kept[page.snapshot.address]) for page in pages if page.snapshot.address in kept]


def _offered(identified: _Identified) -> list[Offered]:
    return [
        Offered(
            replace(page.passages[place], snapshot_id=identifier),
            page.snapshot.title or page.snapshot.site,
            Origin(page.snapshot.site, page.snapshot.tier, page.snapshot.published),
        )
        for identifier, page, places in identified
        for place in places
    ]


def _told(found: Found, identified: _Identified, missed: Sequence[Missed]) -> list[NoticeEvent]:
    answered = sum(reason is None for reason in found.engines.values())
    counts = {"engines": answered, "results": len(found.results), "pages": len(identified), "unread": len(missed)}
    told = [NoticeEvent(code="web_searched", params=dict(counts))]
    for identifier, page, places in identified:
        params: dict[str, str | int | float] = {
            "snapshot": str(identifier),
            "shown": len(places),
            "total": len(page.passages),
        }
        if page.snapshot.wall:
            params["wall"] = page.snapshot.wall
        told.append(NoticeEvent(code="web_read", params=params))
    for name, reason in found.engines.items():
        if reason is not None:
            told.append(NoticeEvent(code="web_engine_down", params={"engine": name, "reason": reason}))
    for reason, pages in Counter(one.reason for one in missed).most_common():
        told.append(NoticeEvent(code="web_page_unread", params={"pages": pages, "reason": reason}))
    return told


async def _keep(
    services: ChatServices, asked: AskedTurn, found: Found, identified: _Identified, missed: Sequence[Missed]
) -> None:
    """Keep the pages as they were read, before anything is written from them, with the journal's line."""
    opened = asked.opened
    event = journal_events.WebRead(
        turn_id=opened.turn_id,
        conversation_id=opened.conversation_id,
        silent=tuple(name for name, reason in found.engines.items() if reason is not None),
        results=len(found.results),
        pages=len(identified),
        unread=len(missed),
    )
    kept = {identifier: page.snapshot for identifier, page, _places in identified}
    async with services.database.transaction() as session:
        await snapshots.keep(session, opened.key, opened.conversation_id, opened.turn_id, kept)
        await journal.record(session, event, actor=asked.principal.person_id)
