"""The verbs on papers of a base: keep works that the desk gave, bring a list of references, list.

records ─ named (DOI, HAL, arXiv…) ─ known here? ─▶ a document (title, authors, status, abstract) + a paper
└ open, under a licence that allows ─▶ job: its full text
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.connectors.scholarly import desk as scholarly
from chatelet.connectors.scholarly.exchange import reading
from chatelet.connectors.scholarly.record import Record
from chatelet.connectors.scholarly.schemas import RecordOut
from chatelet.documents.files import intake
from chatelet.documents.files.intake import TakenFile
from chatelet.identity.names import sort_key
from chatelet.identity.principal import Principal
from chatelet.kernel import clock, jobs
from chatelet.kernel.errors import InvalidRequest
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge import documents, service
from chatelet.knowledge import queries as knowledge
from chatelet.knowledge.papers import queries, telling
from chatelet.knowledge.papers.schemas import MOST_AT_ONCE, AddedList, AddedOut, PaperList, PaperOut, TextState
from chatelet.knowledge.papers.services import PaperServices
from chatelet.knowledge.papers.tables import Paper
from chatelet.knowledge.parts import Part
from chatelet.knowledge.tables import Collection, Document
from chatelet.policy.sensitivity import Level

FETCH: Final = "fetch_paper"
_LISTED: Final = 500
_RESOLVED_AT_ONCE: Final = 6
_LONGEST_RECORD: Final = 400_000


async def listed(session: AsyncSession, principal: Principal, collection_id: UUID) -> PaperList:
    """Return the papers of a base. Raises `CollectionNotFound`."""
    await service.access(session, principal, collection_id)
    rows = await queries.of_collection(session, collection_id, _LISTED + 1)
    unread = await queries.unread(session, rows)
    told = [shown(row, is_read=row.text_document_id not in unread) for row in rows[:_LISTED]]
    return PaperList(items=told, more=len(rows) > _LISTED)


async def add(
    services: PaperServices, principal: Principal, collection_id: UUID, records: Sequence[Record], folder: str
) -> AddedList:
    """Keep works in a base; one that is there already stays as it is.

    Raises as `service.access`, `FolderFollowed`, `FileQuotaReached`, `StorageUnavailable`.
    """
    async with services.documents.database.transaction() as session:
        row = await service.access(session, principal, collection_id, Part.CONTRIBUTOR)
        await documents.check_folder(session, collection_id, folder)
        level = Level(row.collection.level)
    told = [await _add(services, principal, collection_id, one, folder, level) for one in records]
    return AddedList(items=told)


async def import_list(
    services: PaperServices, principal: Principal, collection_id: UUID, text: str, folder: str
) -> AddedList:
    """Keep the works of a file of references: each that has an identifier is looked for, to say what the file does not.

    Only identifiers leave. Raises as `add`, `ReferencesNotUnderstood`, `InvalidRequest` above the most at once.
    """
    async with services.documents.database.transaction() as session:
        await service.access(session, principal, collection_id, Part.CONTRIBUTOR)
    records = reading.read(text)
    if len(records) > MOST_AT_ONCE:
        raise InvalidRequest(limit=MOST_AT_ONCE)
    at_once = asyncio.Semaphore(_RESOLVED_AT_ONCE)
    clearance = await scholarly.cleared(services.desk, principal.person_id, "")

    async def whole(record: Record) -> Record:
        pairs = record.identifiers.pairs()
        if not pairs or not services.desk.is_open:
            return record
        async with at_once:
            found = await scholarly.resolve_known(services.desk, *pairs[0], clearance)
        return found.records[0] if found.records else record

    completed = await asyncio.gather(*(whole(one) for one in records))
    return await add(services, principal, collection_id, completed, folder)


def shown(row: Paper, *, is_read: bool = True) -> PaperOut:
    """Return a paper as readers of its base see it; a full text that came is told as read once it can be found in."""
    states: dict[str, TextState] = {"waiting": "waiting", "read": "read" if is_read else "waiting"}
    return PaperOut(
        id=row.id,
        document_id=row.document_id,
        text_document_id=row.text_document_id,
        record=RecordOut.of(record_of(row)),
        text=states.get(row.state, "none"),
        reason=row.reason,
        created_at=row.created_at,
    )


def record_of(row: Paper) -> Record:
    """Return the record that was kept."""
    return msgspec.convert(row.record, Record, strict=False)


async def _add(
    services: PaperServices, principal: Principal, collection_id: UUID, record: Record, folder: str, level: Level
) -> AddedOut:
    if not record.title:
        return AddedOut.of(record, "unfound" if record.identifiers.pairs() else "untitled")
    names = telling.names_of(record)
    async with services.documents.database.transaction() as session:
        known = await queries.named(session, collection_id, names)
    if known is not None:
        return AddedOut.of(record, "known", known.id)
    name = f"{telling.name_of(record)}.md"
    written = telling.document_of(record, principal.language).encode()
    taken = await intake.take(services.documents, name, _once(written), level=level, limit=_LONGEST_RECORD)
    async with services.documents.database.transaction() as session:
        row = await service.access(session, principal, collection_id, Part.CONTRIBUTOR)
        await session.get_one(Collection, collection_id, with_for_update=True)  # one of two that come at once
        known = await queries.named(session, collection_id, names)
        if known is not None:
            return AddedOut.of(record, "known", known.id)
        document = await keep(session, collection_id, record, taken, (folder, name), actor=principal.person_id)
        paper = _paper(principal, collection_id, document.id, record, names)
        session.add(paper)
        await documents.check_room(session, row.collection, services.documents.settings.documents)
        if paper.state == "waiting":
            await jobs.enqueue(session, FETCH, {"paper": str(paper.id)})
        return AddedOut.of(record, "added", paper.id)


async def keep(
    session: AsyncSession,
    collection_id: UUID,
    record: Record,
    taken: TakenFile,
    where: tuple[str, str],
    *,
    actor: UUID | None,
) -> Document:
    """Make a document of bytes taken for a paper, beside others of the same name."""
    folder, name = where
    moment, identifier = clock.now(), uuid7()
    stem, _dot, suffix = name.rpartition(".")
    for number in range(2, 50):
        # Not locked: a job that reads that document holds it, and waits for the base that is locked here.
        if await knowledge.named(session, collection_id, folder, name, lock=False) is None:
            break
        name = f"{stem} ({number}).{suffix}"
    document = Document(
        id=identifier,
        collection_id=collection_id,
        name=name,
        sort_name=sort_key(name),
        folder=folder,
        tags=telling.tags_of(record),
        created_by=actor,
        created_at=moment,
        updated_at=moment,
    )
    session.add(document)
    await session.flush()
    file = await intake.hold(session, taken, document.id)
    await documents.add_version(session, document, file.id, actor=actor, is_new=True)
    return document


def _paper(principal: Principal, collection_id: UUID, document_id: UUID, record: Record, names: Sequence[str]) -> Paper:
    reason = telling.kept_from(record)
    return Paper(
        id=uuid7(),
        collection_id=collection_id,
        document_id=document_id,
        names=list(names),
        record=msgspec.json.decode(msgspec.json.encode(record).replace(b"\\u0000", b"")),
        state="none" if reason else "waiting",
        reason=reason,
        created_by=principal.person_id,
        created_at=clock.now(),
    )


async def _once(data: bytes) -> AsyncGenerator[bytes]:
    yield data
