"""Pages into passages: visited, then read in the closed process that reads every file; one deadline for all of them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from chatelet.chat.services import ChatServices
from chatelet.connectors.web.addresses import site_of
from chatelet.connectors.web.contract import WebResult
from chatelet.connectors.web.pages import Fetched, Missed
from chatelet.connectors.web.tiers import Lists, Tier
from chatelet.connectors.web.walls import wall_of
from chatelet.conversations.snapshots.snapshot import Snapshot
from chatelet.documents.parsing.document import ParsedDocument, Status
from chatelet.evidence.passage import Passage
from chatelet.kernel.egress.reasons import Reason
from chatelet.kernel.errors import AppError
from chatelet.knowledge import chunking
from chatelet.knowledge.languages import UNKNOWN, language_of

_LONGEST: Final = 300_000  # characters kept of a page
_LEAST_BEHIND_A_WALL: Final = 400  # characters: below, nothing of the article is shown
_HERE: Final = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Read:
    """A page as it was read, and its passages, which are slices of its text."""

    snapshot: Snapshot
    passages: tuple[Passage, ...]


async def read_all(
    services: ChatServices, results: Sequence[WebResult], lists: Lists, tiers: frozenset[str], *, within: float
) -> list[Read | Missed]:
    """Return what became of each page, in order, at the latest `within` seconds from now."""
    tasks = [asyncio.create_task(_read(services, result, lists, tiers)) for result in results]
    try:
        if tasks:
            await asyncio.wait(tasks, timeout=within)
    finally:
        for task in tasks:
            task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    found: list[Read | Missed] = []
    for result, end in zip(results, ended, strict=True):
        if isinstance(end, asyncio.CancelledError):
            found.append(Missed(result.address, "too_late"))
        elif isinstance(end, BaseException):
            raise end
        else:
            found.append(end)
    return found


async def _read(services: ChatServices, result: WebResult, lists: Lists, tiers: frozenset[str]) -> Read | Missed:
    def may(host: str) -> bool:
        tier = lists.tier_of(host.removeprefix("www."))
        return tier is not None and (not tiers or tier in tiers)

    page = await services.web.pages.read(result.address, may)
    if isinstance(page, Missed):
        return Missed(page.asked, "denied") if page.reason == Reason.LISTED.value else page
    site = site_of(page.address)
    tier = lists.tier_of(site)  # of where it led, not of where it was said to be
    if tier is None or not may(site):  # kept from when another person asked
        return Missed(result.address, "denied")
    try:
        document = await services.page_reader.read(page.body, page.name, _unseen)
    except AppError:
        return Missed(result.address, "unreadable")
    if document.report.status not in {Status.READ, Status.PARTIAL} or not document.text.strip():
        return Missed(result.address, "unreadable")
    return await asyncio.to_thread(_passages, result, page, document, site, tier)


def _unseen(_step: str, _page: int, _pages: int) -> None:
    """Pages are read in seconds: their progress is not told."""


def _passages(result: WebResult, page: Fetched, document: ParsedDocument, site: str, tier: Tier) -> Read | Missed:
    inside = wall_of(document.text, paid=page.head.paid)
    around = wall_of(document.whole, paid=page.head.paid) if document.whole is not None else None
    wall = around or inside  # a wall stands around what is shown of an article, seldom in it
    if wall is not None and (inside == "consent" or len(document.text) < _LEAST_BEHIND_A_WALL):
        return Missed(result.address, wall)
    title = page.head.title or document.title or result.title
    cut = chunking.passages_of(document, collection_id=_HERE, document_id=_HERE, version_id=_HERE, title=title)
    passages = tuple(Passage(one.text, offset=one.start, page=one.page) for one in cut if one.end <= _LONGEST)
    if not passages:
        return Missed(result.address, "unreadable")
    told = language_of(document.text[:5_000])
    snapshot = Snapshot(
        address=page.address,
        title=title[:300],
        site=site,
        tier=tier.value,
        text=document.text[:_LONGEST],
        published=page.head.published or result.published,
        author=page.head.author,
        language=page.head.language or (told if told != UNKNOWN else None),
        wall=wall if wall == "paywall" else None,
    )
    return Read(snapshot, passages)
