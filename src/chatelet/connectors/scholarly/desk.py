"""The verbs of the desk: look for works, find one by its identifier. Whoever asks and what they ask is not kept.

    words ─ safeguards ─▶ Clearance ─▶ asking (services, mirror) ─▶ merging ─▶ filtered, sorted

What a person types is taken as public, unless the safeguards find more in it: above what the sources may receive, it
does not leave, and neither does part of it.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from chatelet import __version__
from chatelet.connectors.scholarly import asking, identifiers, merging
from chatelet.connectors.scholarly.asking import Sources
from chatelet.connectors.scholarly.client import Asked, declare
from chatelet.connectors.scholarly.contract import Answer, Courtesy, Question, Sort
from chatelet.connectors.scholarly.errors import IdentifierNotUnderstood, QueryTooSensitive, ScholarlyClosed
from chatelet.connectors.scholarly.exchange import bibtex, csl, ris
from chatelet.connectors.scholarly.mirror import service as mirror
from chatelet.connectors.scholarly.record import Record, Scheme
from chatelet.connectors.scholarly.references import checking
from chatelet.connectors.scholarly.references.checking import Asking, Checked
from chatelet.connectors.scholarly.references.extraction import Reference, extract
from chatelet.connectors.scholarly.services.catalogue import enabled
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.guardrails.examination import examine
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.labels import label_of
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import PolicySettings, Settings

_SHORT = 8_000  # characters that safeguards read at once


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk needs of the process. `mirrors`: works kept here are looked for too."""

    sources: Sources
    database: Database
    policy: PolicySettings
    mirrors: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether the installation enabled a source."""
        return bool(self.sources.asked) or self.mirrors

    def require_open(self) -> None:
        """Raise `ScholarlyClosed` when no source is enabled."""
        if not self.is_open:
            raise ScholarlyClosed


@dataclass(frozen=True, slots=True)
class Found:
    """Merged works, and the state of each source."""

    records: Sequence[Record]
    answers: Sequence[Answer]


def desk_of(settings: Settings, outbound: Outbound, database: Database) -> Desk:
    """Declare the sources of the settings to the egress client, and return the desk."""
    scholarly = settings.scholarly
    asked: list[Asked] = []
    for service, address in enabled(scholarly):
        path = scholarly.key_files.get(service.name)
        key = path.read_text("utf-8").strip() if path is not None else None
        courtesy = Courtesy(contact=scholarly.contact, agent=f"chatelet/{__version__}", key=key)
        one = Asked(service, address, courtesy)
        declare(outbound, one)
        asked.append(one)
    sources = Sources(outbound, tuple(asked), Label(Level(scholarly.highest_level)), scholarly.seconds)
    return Desk(sources, database, settings.policy, mirrors="mirror" in scholarly.sources)


async def cleared(desk: Desk, person_id: UUID, words: str) -> Clearance:
    """Return what lets words leave. Raises `QueryTooSensitive`, a `Refusal`, `DetectionFailed`."""
    kinds = [Kind(name) for name in desk.policy.detectors]
    found = examine(words, kinds) if len(words) < _SHORT else await asyncio.to_thread(examine, words, kinds)
    found.require_kept()
    label = Label(Level.PUBLIC).join(found.label)
    clearance = clear(person_id, label, ceiling=Level(desk.policy.highest_level))
    if not clearance.permits(desk.sources.accepts):
        raise QueryTooSensitive(level=label.level.value)
    return clearance


async def search(desk: Desk, question: Question, clearance: Clearance, *, sort: Sort = "relevance") -> Found:
    """Look for works in every source; what one did not give in time is missing, and its state says so.

    Raises `ScholarlyClosed`.
    """
    desk.require_open()
    answers = await asking.search(desk.sources, question, clearance)
    if desk.mirrors:
        answers.append(await mirror.search(desk.database, question))
    records = merging.merge([answer.records for answer in answers])
    return Found(merging.in_order(merging.filtered(records, question.filters), sort), answers)


async def resolve(desk: Desk, written: str, clearance: Clearance) -> Found:
    """Find one work by an identifier or its address. Raises `IdentifierNotUnderstood`, `ScholarlyClosed`."""
    understood = identifiers.understood(written)
    if understood is None:
        raise IdentifierNotUnderstood
    return await resolve_known(desk, *understood, clearance)


async def resolve_known(desk: Desk, scheme: Scheme, value: str, clearance: Clearance) -> Found:
    """Find one work by an identifier that is known to be one. Raises `ScholarlyClosed`."""
    desk.require_open()
    answers = await asking.resolve(desk.sources, scheme, value, clearance)
    if desk.mirrors:
        answers.append(await mirror.resolve(desk.database, scheme, value))
    own = [replace(one, records=[each for each in one.records if _is(each, scheme, value)]) for one in answers]
    return Found(merging.merge(one.records for one in own), own)


async def check_references(desk: Desk, person_id: UUID, text: str) -> list[Checked]:
    """Look for each reference of a text; one whose words may not leave stays `unchecked`.

    Raises `ScholarlyClosed`, `ReferencesNotUnderstood`, `DetectionFailed`.
    """
    desk.require_open()
    return await check_known(desk, person_id, await asyncio.to_thread(extract, text))


async def check_known(desk: Desk, person_id: UUID, references: Sequence[Reference]) -> list[Checked]:
    """Look for each of these references, as `check_references`. Raises `ScholarlyClosed`, `DetectionFailed`."""
    desk.require_open()
    leaving = await asyncio.to_thread(lambda: [_may_leave(desk, one) for one in references])
    clearance = await cleared(desk, person_id, "")

    async def search_one(question: Question) -> Sequence[Answer]:
        return (await search(desk, question, clearance)).answers

    async def resolve_one(scheme: Scheme, value: str) -> Sequence[Answer]:
        return (await resolve_known(desk, scheme, value, clearance)).answers

    asked = [one for one, may in zip(references, leaving, strict=True) if may]
    checked = iter(await checking.check(asked, Asking(search_one, resolve_one)))
    return [next(checked) if may else Checked(one, "unchecked") for one, may in zip(references, leaving, strict=True)]


def _may_leave(desk: Desk, reference: Reference) -> bool:
    """Tell whether a reference may be looked for. Whom it names are authors, as long as it has the title of a work."""
    found = examine(reference.written, [Kind(name) for name in desk.policy.detectors]).findings
    kept = [one for one in found if one.type != "name"] if reference.title else found
    return desk.sources.accepts.covers(Label(Level.PUBLIC).join(label_of(kept)))


def export(records: Sequence[Record], form: Literal["bibtex", "csl", "ris"]) -> tuple[str, str, str]:
    """Return works as a file of references: its text, its type and its extension."""
    match form:
        case "bibtex":
            return bibtex.write(records), "application/x-bibtex", "bib"
        case "csl":
            return csl.write(records), "application/vnd.citationstyles.csl+json", "json"
        case "ris":
            return ris.write(records), "application/x-research-info-systems", "ris"


def _is(record: Record, scheme: Scheme, value: str) -> bool:
    """Tell whether a source gave what was asked for; what it does not identify by it is not believed."""
    told: str | None = getattr(record.identifiers, scheme)
    return told is not None and told.lower() == value.lower()
