"""Every engine in parallel under one deadline, one list out of theirs: an engine that is dead or slow is told.

Merged by rank, as the search of documents does: what two engines name comes first (reciprocal rank fusion, Cormack,
Clarke and Büttcher 2009).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from chatelet.connectors.web.addresses import same_form
from chatelet.connectors.web.asking import Engine, secret_of
from chatelet.connectors.web.contract import EngineFailed, EngineReason, SearchEngine, WebResult
from chatelet.connectors.web.linkup import Linkup
from chatelet.connectors.web.mojeek import Mojeek
from chatelet.connectors.web.searxng import Searxng
from chatelet.kernel.logs import get_logger
from chatelet.kernel.outbound import Outbound
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Level
from chatelet.settings import WebSearchSettings

_K: Final = 60
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """One list, and what became of each engine: None when it answered."""

    results: tuple[WebResult, ...]
    engines: dict[str, EngineReason | None]


def declared(outbound: Outbound, settings: WebSearchSettings) -> tuple[SearchEngine, ...]:
    """Declare the engines of the settings; one whose key cannot be read is left out, with a line in the log."""
    highest = Level(settings.highest_level)
    found: list[SearchEngine] = []
    for build in (_searxng, _linkup, _mojeek):
        try:
            engine = build(outbound, settings, highest)
        except (OSError, ValueError) as error:
            log.warning("web_engine_not_usable", engine=build.__name__[1:], error=type(error).__name__)
            continue
        if engine is not None:
            found.append(engine)
    return tuple(found)


async def search(
    engines: Sequence[SearchEngine], query: str, clearance: Clearance, *, language: str, within: float
) -> Found:
    """Ask them all; return at the deadline with what came. Raises `WebNotCleared`."""
    tasks = {
        engine.card.name: asyncio.create_task(engine.search(query, clearance, language=language, within=within))
        for engine in engines
    }
    try:
        if tasks:
            await asyncio.wait(tasks.values(), timeout=within)
    finally:
        for task in tasks.values():
            task.cancel()
    ended = await asyncio.gather(*tasks.values(), return_exceptions=True)
    lists: list[list[WebResult]] = []
    told: dict[str, EngineReason | None] = {}
    for name, result in zip(tasks, ended, strict=True):
        if isinstance(result, list):
            lists.append(result)
            told[name] = None
        elif isinstance(result, EngineFailed | asyncio.CancelledError):
            told[name] = result.reason if isinstance(result, EngineFailed) else "late"
        else:
            raise result
    return Found(tuple(merged(lists)), told)


def merged(lists: Sequence[Sequence[WebResult]]) -> list[WebResult]:
    """Return each page once, what several engines name first; a title or a date that one lacks is another's."""
    scores: dict[str, float] = {}
    kept: dict[str, WebResult] = {}
    for results in lists:
        for rank, one in enumerate(results):
            address = same_form(one.address)
            if address is None:
                continue
            scores[address] = scores.get(address, 0.0) + 1 / (_K + rank)
            known = kept.get(address)
            kept[address] = replace(one, address=address) if known is None else _both(known, one)
    return [kept[address] for address in sorted(scores, key=lambda address: -scores[address])]


def _both(first: WebResult, second: WebResult) -> WebResult:
    return replace(
        first,
        title=first.title or second.title,
        extract=first.extract or second.extract,
        published=first.published or second.published,
    )


def _searxng(outbound: Outbound, settings: WebSearchSettings, highest: Level) -> SearchEngine | None:
    if settings.searxng_url is None:
        return None
    held = secret_of(settings.searxng_credential_file) if settings.searxng_credential_file else None
    user, colon, password = (held or "").partition(":")
    basic, bearer = ((user, password), None) if colon else (None, held)
    engine = Engine(outbound, "searxng", settings.searxng_url, bearer=bearer, basic=basic, ca_file=settings.ca_file)
    return Searxng(engine, highest)


def _linkup(outbound: Outbound, settings: WebSearchSettings, highest: Level) -> SearchEngine | None:
    if settings.linkup_key_file is None:
        return None
    engine = Engine(outbound, "linkup", settings.linkup_url, bearer=secret_of(settings.linkup_key_file))
    return Linkup(engine, highest)


def _mojeek(outbound: Outbound, settings: WebSearchSettings, highest: Level) -> SearchEngine | None:
    if settings.mojeek_key_file is None:
        return None
    return Mojeek(Engine(outbound, "mojeek", settings.mojeek_url), highest, secret_of(settings.mojeek_key_file))
