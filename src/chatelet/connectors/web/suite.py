"""The contract of each engine of the web, checked live: one search, whose results have addresses, and titles."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from chatelet import __version__
from chatelet.connectors.web import engines
from chatelet.connectors.web.addresses import same_form
from chatelet.connectors.web.contract import EngineFailed, EngineName, SearchEngine, WebNotCleared
from chatelet.kernel.outbound import Outbound
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import Settings

_WORDS: Final = "service public"
_PATIENCE: Final = 20.0
_NAMES: Final[tuple[EngineName, ...]] = ("searxng", "linkup", "mojeek")


@dataclass(frozen=True, slots=True)
class EngineChecked:
    """Whether an engine that is turned on answers as it should."""

    source: EngineName
    what: str
    is_right: bool
    detail: str


async def check_live(settings: Settings) -> list[EngineChecked]:
    """Ask the engines that are turned on, one after the other; one whose key cannot be read is told."""
    outbound = Outbound(user_agent=f"chatelet/{__version__}")
    clearance = clear(UUID(int=0), Label(Level.PUBLIC), ceiling=Level.PUBLIC)
    web = settings.web_search
    try:
        declared = {engine.card.name: engine for engine in engines.declared(outbound, web)}
        wanted = dict(zip(_NAMES, (web.searxng_url, web.linkup_key_file, web.mojeek_key_file), strict=True))
        return [await _live(name, declared.get(name), clearance) for name, is_on in wanted.items() if is_on is not None]
    finally:
        await outbound.close()


async def _live(name: EngineName, engine: SearchEngine | None, clearance: Clearance) -> EngineChecked:
    if engine is None:
        return EngineChecked(name, "words", is_right=False, detail="key not readable")
    try:
        results = await engine.search(_WORDS, clearance, language="fr", within=_PATIENCE)
    except (EngineFailed, WebNotCleared) as error:
        detail = error.reason if isinstance(error, EngineFailed) else error.code
        return EngineChecked(name, "words", is_right=False, detail=detail)
    titled = sum(bool(one.title) for one in results)
    addressed = sum(same_form(one.address) is not None for one in results)
    told = f"{len(results)} pages, {addressed} addresses, {titled} titles"
    return EngineChecked(name, "words", is_right=titled > 0 and addressed == len(results), detail=told)
