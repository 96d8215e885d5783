"""The contract of each source, checked: on the shipped recordings without a network, on the services when asked to.

Live, each enabled source is asked for words and for a work that exists; what comes back must be read, and name it.
"""

import time
from dataclasses import dataclass
from typing import Final

from chatelet import __version__
from chatelet.connectors.scholarly import client
from chatelet.connectors.scholarly.client import Asked
from chatelet.connectors.scholarly.contract import Courtesy, Question
from chatelet.connectors.scholarly.errors import SourceError
from chatelet.connectors.scholarly.record import Record, Scheme, SourceName
from chatelet.connectors.scholarly.recordings.reading import NAMES, recording
from chatelet.connectors.scholarly.services.catalogue import SERVICES, enabled
from chatelet.kernel.outbound import Outbound
from chatelet.settings import Settings

_RECORDED: Final[dict[str, int]] = {
    "crossref.json": 3,
    "hal.json": 3,
    "openalex.json": 2,
    "europe_pmc.json": 2,
    "arxiv_2010.xml": 1,
    "arxiv_2024.xml": 2,
    "theses.json": 2,
    "doaj.json": 1,
    "semantic_scholar.json": 2,
    "unpaywall.json": 1,
    "istex.json": 2,
}
_KNOWN: Final[tuple[tuple[Scheme, str], ...]] = (("doi", "10.1038/nature12373"), ("arxiv", "1706.03762"))
_WORDS: Final = "attention mechanism"
_PATIENCE: Final = 20.0


@dataclass(frozen=True, slots=True)
class Checked:
    """One promise of a source, and whether it was kept."""

    source: SourceName
    what: str
    is_right: bool
    detail: str


def check_recordings() -> list[Checked]:
    """Read every recording."""
    found: list[Checked] = []
    for source, name in NAMES:
        try:
            records = SERVICES[source].parse(recording(name), "")
        except SourceError as error:
            found.append(Checked(source, name, is_right=False, detail=error.code))
            continue
        titled = all(record.title for record in records)
        right = len(records) == _RECORDED[name] and titled
        found.append(Checked(source, name, right, f"{len(records)} works"))
    return found


async def check_live(settings: Settings) -> list[Checked]:
    """Ask the enabled sources, one after the other."""
    outbound = Outbound(user_agent=f"chatelet/{__version__}")
    found: list[Checked] = []
    try:
        for service, address in enabled(settings.scholarly):
            path = settings.scholarly.key_files.get(service.name)
            key = path.read_text("utf-8").strip() if path is not None else None
            courtesy = Courtesy(settings.scholarly.contact, f"chatelet/{__version__}", key)
            asked = Asked(service, address, courtesy)
            client.declare(outbound, asked)
            found += await _live(outbound, asked)
    finally:
        await outbound.close()
    return found


async def _live(outbound: Outbound, asked: Asked) -> list[Checked]:
    service, courtesy = asked.service, asked.courtesy
    targets: list[tuple[str, str, str | None]] = []
    if (words := service.search(Question(_WORDS, limit=3), courtesy)) is not None:
        targets.append(("words", words, None))
    for scheme, value in _KNOWN:
        if (one := service.resolve(scheme, value, courtesy)) is not None:
            targets.append((scheme, one, value))
    found: list[Checked] = []
    for what, target, wanted in targets:
        try:
            body, kind = await client.get(
                outbound, asked, target, time.monotonic() + _PATIENCE, exact=wanted is not None
            )
            records = service.parse(body, kind) if body else []
            right = _holds(records, what, wanted) if wanted else bool(records)
            # A source need not know every work: nothing at all is no error, another work is.
            found.append(
                Checked(service.name, what, right or (wanted is not None and not records), f"{len(records)} works")
            )
        except SourceError as error:
            found.append(Checked(service.name, what, is_right=False, detail=error.code))
    return found


def _holds(records: list[Record], scheme: str, value: str) -> bool:
    return any((getattr(one.identifiers, scheme) or "").lower() == value for one in records)
