"""Publications as one more source of an answer, when the person asked for them and confirmed the words that leave.

    level again -> services, one deadline ─┬─> merged works -> those with an abstract, in the services' order
                   the copy kept here     ─┘   -> records kept as told and journalled -> passages, told as publications

What comes back is data of unknown intent: it is given between tags. A work without an abstract says nothing that can
be checked: it is counted, and not given. A dead source is a notice. No transaction while waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from chatelet.audit import events as journal_events
from chatelet.audit import journal
from chatelet.chat import unsearched
from chatelet.chat.events import NoticeEvent, Status
from chatelet.chat.live import LiveTurn
from chatelet.chat.offered import Offered, Published
from chatelet.chat.opening import AskedTurn
from chatelet.chat.prompt import Lacking
from chatelet.chat.publications import asking
from chatelet.chat.services import ChatServices
from chatelet.connectors.scholarly import desk as verbs
from chatelet.connectors.scholarly import telling
from chatelet.connectors.scholarly.contract import Question
from chatelet.connectors.scholarly.desk import Found
from chatelet.connectors.scholarly.record import Record
from chatelet.conversations.snapshots import service as snapshots
from chatelet.conversations.snapshots.snapshot import Snapshot
from chatelet.evidence.passage import Passage
from chatelet.kernel.errors import AppError
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.clearance import Clearance
from chatelet.policy.errors import Refusal

LACKING: Final[Lacking] = "nothing_works"
_MOST_WORKS: Final = 10
_MOST_CHARACTERS: Final = 24_000
_LONGEST_PASSAGE: Final = 4_000
_SITE: Final = "publications"


@dataclass(frozen=True, slots=True)
class FromWorks:
    """Passages of the works found, and what became of the search."""

    offered: tuple[Offered, ...] = ()
    notices: tuple[NoticeEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """A work as it is kept and given."""

    identifier: UUID
    record: Record
    text: str


def is_asked(asked: AskedTurn) -> bool:
    """Tell whether the question came with a search of publications."""
    return asking.part_of(asked.opened.given) is not None


async def search(
    services: ChatServices, asked: AskedTurn, live: LiveTurn, clearance: Clearance, *, characters: int
) -> FromWorks:
    """Return at most `characters` of works; what cannot be is told, and the answer goes on."""
    part = asking.part_of(asked.opened.given)
    if part is None:
        return FromWorks()
    try:
        asking.require(services, clearance, asked.opened.given)
        live.tell(Status(step="searching_works"))
        desk = services.scholarly
        desk = replace(desk, sources=replace(desk.sources, accepts=asking.accepted(desk)))
        found = await verbs.search(desk, Question(part.query), clearance)
    except AppError as refused:
        if isinstance(refused, Refusal):
            await unsearched.tell(services, asked, refused)
        return FromWorks(notices=(NoticeEvent(code="works_not_searched", params={"reason": refused.code}),))
    given = _chosen(found.records, min(characters, _MOST_CHARACTERS))
    await _keep(services, asked, found, given)
    return FromWorks(tuple(_offered(one) for one in given), tuple(_told(found, given)))


def _chosen(records: Sequence[Record], characters: int) -> list[_Given]:
    """Return the first works that say something, within the budget."""
    given: list[_Given] = []
    left = characters
    for record in records:
        if not record.title or not record.abstract:
            continue
        text = telling.text_of(record)
        if len(given) == _MOST_WORKS or min(len(text), _LONGEST_PASSAGE) > left:
            break
        left -= min(len(text), _LONGEST_PASSAGE)
        given.append(_Given(uuid7(), record, text))
    return given


def _offered(one: _Given) -> Offered:
    record = one.record
    return Offered(
        Passage(one.text[:_LONGEST_PASSAGE], snapshot_id=one.identifier),
        record.title or "",
        published=Published(telling.status_of(record), telling.authors_of(record, 3), record.year),
    )


def _told(found: Found, given: Sequence[_Given]) -> list[NoticeEvent]:
    answered = sum(one.state == "answered" for one in found.answers)
    unabstracted = sum(not one.abstract for one in found.records)
    counts = {"sources": answered, "works": len(found.records), "given": len(given), "unabstracted": unabstracted}
    told = [NoticeEvent(code="works_searched", params=dict(counts))]
    for one in given:
        params: dict[str, str | int | float] = {"snapshot": str(one.identifier)}
        if one.record.is_retracted:
            params["retracted"] = 1
        told.append(NoticeEvent(code="work_read", params=params))
    for answer in found.answers:
        if answer.state != "answered":
            params = {"source": answer.source, "reason": answer.state}
            told.append(NoticeEvent(code="works_source_down", params=params))
    return told


async def _keep(services: ChatServices, asked: AskedTurn, found: Found, given: Sequence[_Given]) -> None:
    """Keep the records as they were told, before anything is written from them, with the journal's line."""
    opened = asked.opened
    event = journal_events.WorksRead(
        turn_id=opened.turn_id,
        conversation_id=opened.conversation_id,
        silent=tuple(one.source for one in found.answers if one.state != "answered"),
        found=len(found.records),
        given=len(given),
        retracted=sum(one.record.is_retracted for one in given),
    )
    kept = {one.identifier: _snapshot(one) for one in given}
    async with services.database.transaction() as session:
        await snapshots.keep(session, opened.key, opened.conversation_id, opened.turn_id, kept)
        await journal.record(session, event, actor=asked.principal.person_id)


def _snapshot(one: _Given) -> Snapshot:
    record = one.record
    return Snapshot(
        address=telling.address_of(record) or "",
        title=(record.title or "")[:300],
        site=_SITE,
        tier="reference",
        text=one.text,
        published=record.date,
        author=telling.authors_of(record, 3),
        language=record.language,
        work=record,
    )
