"""A confirmed plan carried out: searches side by side, sources, notes, contradictions, report; each kept as it comes.

    searches ─▶ sources ─▶ notes ─▶ conflicts ─▶ sections ─▶ summary ─▶ searches proposed (none is made)
       └ the budget reached anywhere: straight to the report, of what was found

What is kept already is not done again: a search that was begun and whose answer was lost is told as interrupted.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Protocol
from uuid import UUID

import msgspec
from msgspec import Meta

from chatelet.audit import events
from chatelet.chat.web.reading import Read, read_all
from chatelet.connectors.web.addresses import same_form
from chatelet.connectors.web.contract import WebResult
from chatelet.inference.errors import ModelError
from chatelet.policy.errors import Refusal
from chatelet.research import comparing, noting, offer, plan, prompts, reporting, searching
from chatelet.research.asking import Model
from chatelet.research.budget import BudgetReached
from chatelet.research.found import Found
from chatelet.research.plan import Item, Plan, Query, Unreadable, json_of
from chatelet.research.sealed import Named, Piece, Proposals, Search, Section, Source
from chatelet.research.searching import Searcher

_TOKENS: Final = 300
_SPARE_SECONDS: Final = 5.0
_LASTING: Final[set[asyncio.Task[Search]]] = set()


class Keeping(Protocol):
    """Where what is found is kept. Each raises `Left` when the research is no more this process's."""

    @property
    def research_id(self) -> UUID:
        """Which research."""
        ...

    async def keep(self, kind: str, name: str, piece: Piece) -> None:
        """Keep a piece."""
        ...

    async def begin(self, name: str, search: Search, event: events.ResearchQueried) -> None:
        """Keep that a search is about to leave, with the journal's line, before it does."""
        ...

    async def answered(self, name: str, search: Search, event: events.ResearchRead) -> None:
        """Keep what became of it, were the research stopped meanwhile."""
        ...


class _Query(msgspec.Struct):
    where: str
    words: Annotated[str, Meta(max_length=2_000)]


class _Proposed(msgspec.Struct):
    queries: list[_Query]


@dataclass(slots=True)
class Carrying:
    """One run of a research."""

    plan: Plan
    found: Found
    searcher: Searcher
    model: Model
    keeping: Keeping
    _numbers: int = 0
    _known: dict[str, int] = field(default_factory=dict[str, int])

    async def carry(self) -> None:
        """Do what is left to do. Raises `Left`, a `Refusal`, `QuotaReached`, `DetectionFailed`."""
        self._numbers = max(self.found.sources, default=0)
        self._known = {_same(one): one.number for one in self.found.sources.values() if one.page.address}
        with suppress(BudgetReached):
            await self._all(self._search(name, item, one) for name, item, one in self.plan.queries())
            if self.model.meter.reached is None:
                await self._all(
                    self._note(place, item, source)
                    for place, item in enumerate(self.plan.items)
                    for source in self.found.sources_of(place)
                )
        self.model.meter.closing = True
        await self._compare()
        for place, item in enumerate(self.plan.items):
            await self._report(place, item.question)
        if len(self.plan.items) > 1:
            await self._report(None, self.model.asked.question)
        await self._propose()

    async def _all(self, steps: Iterable[Coroutine[Any, Any, None]]) -> None:
        """Do steps side by side; what is reached by one ends none of those begun."""
        at_once = asyncio.Semaphore(self.model.services.bounds.parallel)

        async def one(step: Coroutine[Any, Any, None]) -> None:
            try:
                async with at_once:
                    if self.model.meter.reached is None:
                        await step
            except BudgetReached:
                pass
            finally:
                step.close()

        tasks = [asyncio.create_task(one(step)) for step in steps]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _search(self, name: str, item: Item, query: Query) -> None:
        known = self.found.searches.get(name)
        if known is None:
            self.model.meter.take()
            asking = asyncio.create_task(self._ask(name, item, query))
            _LASTING.add(asking)  # stopped meanwhile, it still notes what was answered: it will not be asked again
            asking.add_done_callback(_LASTING.discard)
            search = await asyncio.shield(asking)
        elif known.state == "asked":
            await self._keep("search", name, Search("interrupted", reason="interrupted"))
            return
        else:
            search = known
        if search.state == "found":
            await self._read(name, query, search)

    async def _ask(self, name: str, item: Item, query: Query) -> Search:
        clearance = self.searcher.inside if item.later or query.where == "bases" else self.searcher.leaving
        asked = offer.asked_of(self.model.services, query.where)
        about, level = self.keeping.research_id, clearance.label.level.value
        begun = events.ResearchQueried(research_id=about, where=query.where, asked=asked, level=level)
        await self.keeping.begin(name, Search("asked"), begun)
        try:
            search, sources = await self.searcher.ask(query, later=item.later)
        except Refusal as refused:
            search, sources = Search("failed", reason=refused.code), list[Source]()
        numbers = [await self._add(source) for source in sources]
        search = msgspec.structs.replace(search, sources=tuple(numbers))
        told = events.ResearchRead(
            research_id=about, where=query.where, results=search.results, sources=len(numbers),
            unread=sum(search.missed.values()), silent=tuple(sorted(search.silent)),
        )  # fmt: skip
        await self.keeping.answered(name, search, told)
        self.found.add(name, search)
        return search

    async def _read(self, name: str, query: Query, search: Search) -> None:
        """Read the pages that a search named, those that no other has."""
        fresh = [one for one in search.named if (same_form(one.address) or one.address) not in self._known]
        numbers = [self._known[key] for one in search.named if (key := same_form(one.address) or "") in self._known]
        for one in fresh:
            self._known[same_form(one.address) or one.address] = 0  # taken: nobody else reads it
        tiers = frozenset(self.searcher.asked.tiers if query.where == "web" else ())
        chat = self.model.services.chat
        within = min(chat.web.settings.read_seconds, self.model.meter.seconds_left + _SPARE_SECONDS)
        results = [WebResult(one.address, one.title, published=one.published) for one in fresh]
        ended = await read_all(chat, results, self.searcher.lists, tiers, within=within)
        missed: Counter[str] = Counter()
        places = self.model.services.bounds.pages
        for named, end in zip(fresh, ended, strict=True):
            if not isinstance(end, Read):
                missed[end.reason] += 1
            elif places > 0 and (number := await self._add_page(query, search, named, end)) is not None:
                numbers.append(number)
                places -= 1
        await self._keep("search", name, searching.with_reading(search, [one for one in numbers if one], dict(missed)))

    async def _add_page(self, query: Query, search: Search, named: Named, read: Read) -> int | None:
        """Keep a page; the full text of a work takes the place of its abstract."""
        key = same_form(named.address) or named.address
        if query.where == "scholarly":
            works = (self.found.sources[number] for number in search.sources if number in self.found.sources)
            work = next((one for one in works if named.title and one.page.title.startswith(named.title[:300])), None)
            if work is None:
                return None
            await self._keep("source", str(work.number), searching.of_full_text(work, read.snapshot))
            self._known[key] = work.number
            return None
        number = await self._add(searching.of_page(read.snapshot))
        self._known[key] = number
        return number

    async def _add(self, source: Source) -> int:
        """Keep a source under a number of its own, or return that of the same one."""
        key = _same(source)
        if source.where != "bases" and (known := self._known.get(key)):
            return known
        self._numbers += 1
        number = self._numbers
        self._known[key] = number
        await self._keep("source", str(number), searching.numbered(source, number))
        return number

    async def _note(self, place: int, item: Item, source: Source) -> None:
        if (place, source.number) not in self.found.notes and not source.retracted:
            notes = await noting.take(self.model, place, item, source)
            await self._keep("notes", f"{place}.{source.number}", notes)

    async def _compare(self) -> None:
        for place, item in enumerate(self.plan.items):
            if place not in self.found.conflicts:
                notes = self.found.notes_of(place)
                known = await asyncio.to_thread(comparing.found, place, notes)
                await self._keep("conflicts", str(place), await comparing.ask(self.model, item, notes, known))

    async def _report(self, place: int | None, question: str) -> None:
        if place in self.found.sections:
            return
        places = range(len(self.plan.items)) if place is None else [place]
        notes = [one for each in places for one in self.found.notes_of(each)]
        made = Section(place, by="code")
        if notes:
            try:
                made = await reporting.section(self.model, place, question, notes)
            except BudgetReached:
                made = reporting.by_code(place, notes if place is not None else [])
        await self._keep("section", "all" if place is None else str(place), made)

    async def _propose(self) -> None:
        """Ask what could be searched next: it is shown, and made only once a person confirms it."""
        notes = [one for place in range(len(self.plan.items)) for one in self.found.notes_of(place)]
        if self.found.proposals is not None or not notes:
            return
        asked = self.model.asked
        told = [prompts.offered(source, prompts.passage_of(source, note, 1)) for source, _rank, note in notes[:12]]
        words = prompts.asked("proposals", asked.language, asked.question, *prompts.as_data(told))
        try:
            written: _Proposed = json_of(await self.model.write(words, tokens=_TOKENS), _Proposed)
        except (Unreadable, ModelError, BudgetReached):
            return
        made = {query for _name, _item, query in self.plan.queries()}
        kept = plan.kept([(one.where, one.words) for one in written.queries], asked.where)
        await self._keep("proposals", "all", Proposals(tuple(one for one in kept if one not in made)))

    async def _keep(self, kind: str, name: str, piece: Piece) -> None:
        await self.keeping.keep(kind, name, piece)
        self.found.add(name, piece)


def _same(source: Source) -> str:
    """Return what tells that two sources are the same."""
    return f"doi:{source.doi}" if source.doi else same_form(source.page.address) or source.page.title
