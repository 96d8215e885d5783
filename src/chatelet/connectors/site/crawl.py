"""A website as a place.

    start ─▶ robots.txt ─▶ sitemaps ─▶ page ─▶ its links ─▶ page ─▶ …      nearest first, one question at a time

Stays on one origin and under one path, asks for what robots.txt allows at the pace it wants, tells pages, PDF and
office documents. A page that wants not to be indexed is not told; its canonical address, within bounds, is told in its
place. A redirect is a link: followed within bounds, never out of them.

What a listing does not tell is taken for deleted. So the start, robots.txt and sitemaps must answer; a page that fails
is asked once more at the end and, still failing, is told with a mark of its own and cannot be read: what was known of
it is kept. A page that is not there, or closed to us, is not told. Pages beyond `pages` and `depth` are not
either: these bounds are chosen by who declares the site.
"""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from chatelet.connectors.asking import Server, refusal_of
from chatelet.connectors.contract import (
    Entry,
    EntryGone,
    EntryTooLarge,
    PlaceBroken,
    PlaceError,
    PlaceRefused,
    PlaceUnreachable,
)
from chatelet.connectors.declared import Login, SitePlace
from chatelet.connectors.paths import mark_of
from chatelet.connectors.site.addresses import Bounds, distinguished, entry_path, extension_of, likely_extension
from chatelet.connectors.site.asking import Answer, asked, is_passing
from chatelet.connectors.site.frontier import Frontier, Visit
from chatelet.connectors.site.page import Page, read_page
from chatelet.connectors.site.rules import Pace, Rules
from chatelet.connectors.site.seeds import is_sitemap, rules_of, seeds_of
from chatelet.connectors.site.spool import Spool
from chatelet.kernel.outbound import Outbound

_MOST_FAILURES: Final = 20  # in a row: it is the site that fails


class Site:
    """A `Place`."""

    def __init__(
        self,
        declared: SitePlace,
        credential: Login | None,
        outbound: Outbound,
        spool: Path,
        *,
        patience: float = 30.0,
    ) -> None:
        self._declared = declared
        self._server = Server(outbound, declared.address, credential, declared.ca_certificate, patience=patience)
        start = urlsplit(declared.address).path or "/"
        self._from_sitemap = is_sitemap(start)
        folder = "" if self._from_sitemap else unquote(start).rpartition("/")[0].strip("/")
        self._bounds = Bounds(self._server.origin, folder if declared.prefix is None else declared.prefix)
        self._start = self._bounds.same_origin("/", start)
        self._pace = Pace(declared.pause_seconds)
        self._spool = Spool(spool)
        self._targets: dict[str, str] = {}  # path of an entry -> its target
        self._told: set[str] = set()
        self._failing: set[str] = set()  # targets that did not answer, twice
        self._copies: list[tuple[str, Entry]] = []  # pages that name another as theirs, with that one

    async def entries(self) -> AsyncIterator[Entry]:
        """Tell all pages and documents. Raises `PlaceError`."""
        if self._start is None:
            raise PlaceBroken
        rules = await rules_of(self._server, self._pace)
        self._pace.seconds = max(self._declared.pause_seconds, rules.pause)
        frontier = Frontier(self._declared.pages)
        if not self._from_sitemap:
            frontier.add(Visit(self._start, 0, is_start=True))
        for target in await seeds_of(self._server, self._pace, rules, self._start, self._bounds):
            frontier.add(Visit(target, 1))
        async with aclosing(self._walk(frontier, rules)) as walk:
            async for entry in walk:
                self._told.add(self._targets[entry.path])
                yield entry
        for canonical, entry in self._copies:
            if canonical not in self._told:
                self._told.add(self._targets[entry.path])
                yield entry

    async def read(self, entry: Entry, *, limit: int) -> AsyncIterator[bytes]:
        """Give the content of a page: as it was when it was told, where there was room for it."""
        target = self._targets.get(entry.path)
        if target is None:
            raise EntryGone
        if target in self._failing:
            raise PlaceError  # of this page, not of the site: not asked a third time
        if entry.path in self._spool:
            if self._spool.length(entry.path) > limit:
                raise EntryTooLarge
            async with aclosing(self._spool.read(entry.path)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        await self._pace.wait()
        answer = await asked(self._server, target)
        if answer.status in {404, 410}:
            raise EntryGone
        if answer.status != 200:
            raise refusal_of(answer.status)
        if answer.too_large or len(answer.body) > limit:
            raise EntryTooLarge
        if answer.body:
            yield answer.body

    async def close(self) -> None:
        """Let go of the site, and of what was kept of it."""
        self._server.close()
        await self._spool.close()

    async def _walk(self, frontier: Frontier, rules: Rules) -> AsyncGenerator[Entry]:
        asked_pages = failures = 0
        while asked_pages < self._declared.pages and (visit := frontier.next()) is not None:
            if not rules.allow(visit.target):
                if visit.is_start:
                    raise PlaceRefused
                continue
            asked_pages += 1
            answer = await self._visit(visit)
            failures = failures + 1 if answer is None else 0
            if failures > _MOST_FAILURES:
                raise PlaceUnreachable
            if (entry := await self._found(visit, answer, frontier)) is not None:
                yield entry

    async def _visit(self, visit: Visit) -> Answer | None:
        """Ask for a target; None when it failed in a way that may be over in a while."""
        await self._pace.wait()
        try:
            answer = await asked(self._server, visit.target)
        except PlaceError:
            if visit.is_start:
                raise
            return None
        if visit.is_start and answer.status != 200 and not 300 <= answer.status < 400:
            raise refusal_of(answer.status)
        return None if is_passing(answer.status) else answer

    async def _found(self, visit: Visit, answer: Answer | None, frontier: Frontier) -> Entry | None:
        """Return the entry of what was asked, if it is one; put what it leads to in the queue."""
        if answer is None:
            if not visit.last:
                frontier.again(visit)
                return None
            self._failing.add(visit.target)
            return self._entry(visit.target, likely_extension(visit.target), None, uuid4().hex)
        if 300 <= answer.status < 400:
            self._redirected(visit, answer, frontier)
            return None
        extension = extension_of(visit.target, answer.content_type) if answer.status == 200 else None
        if extension is None:
            if visit.is_start:
                raise PlaceBroken
            return None
        text = answer.body if extension == "html" else b""
        page = await asyncio.to_thread(read_page, text, answer.declared_type, answer.robots)
        self._follow(visit, page, frontier)
        return None if page.noindex else await self._kept(visit, answer, extension, page.canonical, frontier)

    def _redirected(self, visit: Visit, answer: Answer, frontier: Frontier) -> None:
        target = self._bounds.target(visit.target, answer.location)
        put = target is not None and frontier.add(Visit(target, visit.depth, is_start=visit.is_start))
        if visit.is_start and not put:
            raise PlaceBroken

    def _follow(self, visit: Visit, page: Page, frontier: Frontier) -> None:
        if self._from_sitemap or visit.depth >= self._declared.depth:
            return
        base = (self._bounds.same_origin(visit.target, page.base) if page.base else None) or visit.target
        for link in page.links:
            if (target := self._bounds.target(base, link)) is not None:
                frontier.add(Visit(target, visit.depth + 1))

    async def _kept(
        self, visit: Visit, answer: Answer, extension: str, canonical: str | None, frontier: Frontier
    ) -> Entry | None:
        """Return the entry of a page, its content on the spool; None when it may be the copy of another page."""
        mark = mark_of(answer.mark) if answer.mark else hashlib.sha256(answer.body).hexdigest()
        if answer.too_large:
            return self._entry(visit.target, extension, None, mark if answer.mark else uuid4().hex)
        entry = self._entry(visit.target, extension, len(answer.body), mark)
        await self._spool.keep(entry.path, answer.body)
        original = self._bounds.target(visit.target, canonical) if canonical else None
        if original is None or original == visit.target:
            return entry
        frontier.add(Visit(original, visit.depth))
        self._copies.append((original, entry))
        return None

    def _entry(self, target: str, extension: str, size: int | None, mark: str) -> Entry:
        path = entry_path(target, extension)
        if path in self._targets:
            path = distinguished(path, target)
        self._targets[path] = target
        return Entry(path, size, mark)
