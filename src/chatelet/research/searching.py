"""One confirmed query, asked where it was said: exactly its words leave, with the clearance of the question alone.

    web        engines, one deadline -> the pages to read, by site and tier
    scholarly  every service, one deadline, merged -> works with what may be read of them
    bases      the person's own, by their rights now -> passages by document

Nothing that comes back leads to another query: pages are data.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from chatelet.chat.searching import wanted_of
from chatelet.connectors.scholarly import desk
from chatelet.connectors.scholarly.contract import Question
from chatelet.connectors.scholarly.record import Record
from chatelet.connectors.web import engines
from chatelet.connectors.web.tiers import Lists
from chatelet.conversations.parts import WebPart
from chatelet.conversations.snapshots.snapshot import Snapshot
from chatelet.identity.principal import Principal
from chatelet.kernel.errors import AppError
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge import finding
from chatelet.knowledge.finding import FoundPassage
from chatelet.policy.clearance import Clearance
from chatelet.research.plan import Query
from chatelet.research.sealed import Asked, Named, Search, Source
from chatelet.research.services import ResearchServices

_SPARE = 2  # pages named beyond those wanted: some are always dead
_FULL_TEXTS = 2  # of the works of one search that may be read freely
_UNKNOWN = 0


@dataclass(frozen=True, slots=True)
class Searcher:
    """Asks for one research. `leaving` is the clearance of what leaves, `inside` of what is looked for here."""

    services: ResearchServices
    principal: Principal
    asked: Asked
    lists: Lists
    leaving: Clearance
    inside: Clearance

    async def ask(self, query: Query, *, later: bool) -> tuple[Search, list[Source]]:
        """Return what became of a query, and what is read at once. What fails is told, never raised, but a refusal."""
        clearance = self.inside if later else self.leaving
        match query.where:
            case "web":
                return await self._web(query, clearance), []
            case "scholarly":
                return await self._scholarly(query, clearance)
            case "bases":
                return await self._bases(query)

    async def _web(self, query: Query, clearance: Clearance) -> Search:
        web = self.services.chat.web
        found = await engines.search(
            web.engines, query.words, clearance, language=self.asked.language, within=web.settings.search_seconds
        )
        part = WebPart(query.words, self.asked.tiers)
        wanted = wanted_of(found, self.lists, part, self.services.bounds.pages + _SPARE)
        silent = {name: reason for name, reason in found.engines.items() if reason is not None}
        named = tuple(Named(one.address, one.title[:300], one.published) for one in wanted)
        is_dead = bool(found.engines) and len(silent) == len(found.engines)
        return Search(
            "failed" if is_dead or not found.engines else "found",
            results=len(found.results),
            named=named,
            silent=dict(silent),
            reason="engines_silent" if is_dead else None if found.engines else "web_search_off",
        )

    async def _scholarly(self, query: Query, clearance: Clearance) -> tuple[Search, list[Source]]:
        works = await desk.search(self.services.desk, Question(query.words, limit=20), clearance)
        silent = {one.source: one.state for one in works.answers if one.state != "answered"}
        if works.answers and len(silent) == len(works.answers):
            return Search("failed", silent=dict(silent), reason="services_silent"), []
        sources = [one for record in works.records if (one := _work(record)) is not None]
        kept = sources[: self.services.bounds.pages]
        missed = {"no_abstract": lacking} if (lacking := len(works.records) - len(sources)) else {}
        named = [
            Named(record.access.url, record.title or "", record.date)
            for record in works.records[: self.services.bounds.pages]
            if record.access.is_open and record.access.url and not record.is_retracted
        ]
        named = named[:_FULL_TEXTS] if self.services.chat.web.engines else []
        return (
            Search("found", results=len(works.records), named=tuple(named), missed=missed, silent=dict(silent)),
            kept,
        )

    async def _bases(self, query: Query) -> tuple[Search, list[Source]]:
        try:
            found = await finding.find(
                self.services.chat.documents,
                self.services.chat.gateway,
                self.principal,
                self.asked.collections,
                query.words,
                self.inside,
            )
        except AppError as error:
            return Search("failed", reason=error.code), []
        missed = {"withdrawn": found.withdrawn} if found.withdrawn else {}
        by_file: dict[object, list[FoundPassage]] = {}
        for hit in found.hits:
            by_file.setdefault(hit.file_id, []).append(hit)
        sources = [_document(hits) for hits in by_file.values()][: self.services.bounds.pages]
        return Search("found", results=len(by_file), missed=missed), sources


def numbered(source: Source, number: int) -> Source:
    """Return a source under its number."""
    return msgspec.structs.replace(source, number=number)


def of_page(page: Snapshot) -> Source:
    """Return a page of the web as a source."""
    year = int(page.published[:4]) if page.published and page.published[:4].isdigit() else None
    return Source(uuid7(), _UNKNOWN, "web", page, year=year)


def of_full_text(work: Source, page: Snapshot) -> Source:
    """Return a work whose full text was read: what was told of it, with the text of the page."""
    read = Snapshot(
        address=page.address, title=work.page.title, site=page.site, tier=page.tier, text=page.text,
        published=work.page.published, author=work.page.author, language=page.language, wall=page.wall,
    )  # fmt: skip
    return msgspec.structs.replace(work, page=read, abstract_only=False)


def _work(record: Record) -> Source | None:
    """Return a work by its title and abstract; None when no source gave one."""
    if not record.abstract or not record.title:
        return None
    title = f"{record.title}: {record.subtitle}" if record.subtitle else record.title
    doi = record.identifiers.doi
    page = Snapshot(
        address=record.link or (f"https://doi.org/{doi}" if doi else ""),
        title=title[:300],
        site=record.venue or ", ".join(record.sources),
        tier="reference",
        text=f"{title}\n\n{record.abstract}",
        published=record.date,
        author=", ".join(author.name for author in record.authors[:6]),
        language=record.language,
    )
    return Source(
        uuid7(), _UNKNOWN, "scholarly", page,
        year=record.year,
        authors=tuple(author.name for author in record.authors[:20]),
        venue=record.venue,
        licence=record.access.licence,
        doi=doi,
        retracted=record.is_retracted,
        abstract_only=True,
    )  # fmt: skip


def _document(hits: Sequence[FoundPassage]) -> Source:
    ordered = sorted({hit.start: hit for hit in hits}.values(), key=lambda hit: hit.start)
    first = ordered[0]
    text = "\n\n".join(hit.text for hit in ordered)
    page = Snapshot(address="", title=first.name[:300], site=first.name[:300], tier="other", text=text)
    return Source(
        uuid7(), _UNKNOWN, "bases", page,
        collection_id=first.hit.passage.collection_id, file_id=first.file_id, file_page=first.page,
    )  # fmt: skip


def with_reading(search: Search, sources: Sequence[int], missed: dict[str, int]) -> Search:
    """Return a search once what it named was read."""
    counts = {reason: search.missed.get(reason, 0) + missed.get(reason, 0) for reason in {*search.missed, *missed}}
    return msgspec.structs.replace(search, state="read", sources=(*search.sources, *sources), missed=counts, named=())
