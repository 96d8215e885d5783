"""What is new or changed in a place is read there and becomes a document, or its next version.

    entry -> bytes, bounded -> sealed parts -> one transaction: document, version, item -> read and indexed by jobs

An entry that cannot be brought says why on its own line, and the next one follows. A place that stops answering, or a
unit that may keep no more, ends the run. A run has a budget: what is left waits until other sources had their turn.
"""

import time
from collections.abc import Sequence
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.connectors.contract import Entry, EntryGone, EntryTooLarge, Place, PlaceError, PlaceUnreachable
from chatelet.documents.errors import FileTooLarge
from chatelet.documents.files import intake
from chatelet.documents.files.intake import TakenFile
from chatelet.documents.parsing.names import display_name
from chatelet.identity.names import sort_key
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge import documents, indexing, queries
from chatelet.knowledge.sources import readers
from chatelet.knowledge.sources.errors import EntryNameTaken
from chatelet.knowledge.sources.lease import Run, held
from chatelet.knowledge.sources.services import SourceServices
from chatelet.knowledge.sources.tables import Source, SourceItem
from chatelet.knowledge.tables import Collection, Document

BUDGET_SECONDS: Final = 600.0
_AT_ONCE: Final = 50
_SILENT: Final = 5  # entries in a row that the place does not answer for
_COUNTED_EVERY: Final = 20  # documents between two looks at what the unit keeps
_LONGEST_FOLDER: Final = 400


async def bring_all(services: SourceServices, run: Run, place: Place, *, budget: float = BUDGET_SECONDS) -> bool:
    """Bring what is new or changed; tell whether nothing is left. Raises `PlaceError`, `AppError`, `LeaseLost`."""
    ends, silent, brought = time.monotonic() + budget, 0, 0
    while items := await _waiting(services, run):
        for item in items:
            if time.monotonic() > ends:
                return False
            failure = await _bring(services, run, place, item, counts=brought % _COUNTED_EVERY == 0)
            brought += 1
            silent = silent + 1 if isinstance(failure, PlaceUnreachable) else 0
            if failure is not None and silent == _SILENT:
                raise failure
    return True


async def _waiting(services: SourceServices, run: Run) -> Sequence[SourceItem]:
    async with services.documents.database.transaction() as session:
        source = await held(session, run)
        source.state = "bringing"
        found = await session.scalars(
            select(SourceItem)
            .where(
                SourceItem.source_id == run.source_id,
                SourceItem.run_id == run.id,
                or_(SourceItem.mark.is_(None), SourceItem.mark != SourceItem.told_mark),
                SourceItem.tried_run.is_distinct_from(run.id),
            )
            .order_by(SourceItem.path)
            .limit(_AT_ONCE)
        )
        return found.all()


async def _bring(
    services: SourceServices, run: Run, place: Place, item: SourceItem, *, counts: bool
) -> PlaceError | None:
    """Bring one entry; return what the place said against it. Raises what concerns more than this entry."""
    limit = services.documents.settings.documents.file_bytes
    folder, name = place_of(run, item.path)
    entry = Entry(item.path, item.told_size, item.told_mark)
    try:
        if entry.size is not None and entry.size > limit:
            raise EntryTooLarge
        pieces = place.read(entry, limit=limit)
        taken = await intake.take(services.documents, name, pieces, level=run.level, limit=limit)
        async with services.documents.database.transaction() as session:
            source = await held(session, run)
            await _file(session, source, run, item, taken, (folder, name))
            if counts:
                collection = await session.get_one(Collection, run.collection_id)
                await documents.check_room(session, collection, services.documents.settings.documents)
    except PlaceError as failure:
        await _fail(services, run, item, failure.code)
        return failure
    except FileTooLarge:
        await _fail(services, run, item, EntryTooLarge.code)
    except EntryNameTaken as failure:
        await _fail(services, run, item, failure.code)
    return None


async def _file(
    session: AsyncSession, source: Source, run: Run, told: SourceItem, taken: TakenFile, where: tuple[str, str]
) -> None:
    """Give the bytes to the entry's document."""
    item = await session.scalar(
        select(SourceItem)
        .where(SourceItem.source_id == run.source_id, SourceItem.path == told.path)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if item is None:
        raise EntryGone
    document = await session.get(Document, item.document_id, with_for_update=True) if item.document_id else None
    is_new = document is None
    if document is None:
        document = await _new(session, run, item, *where)
    file = await intake.hold(session, taken, document.id)
    await documents.add_version(session, document, file.id, actor=None, is_new=is_new)
    if document.circle_id != item.circle_id:
        await readers.change(session, document, item.circle_id, vectors=await indexing.has_vectors(session))
        await indexing.forget(session, document.id)
    item.document_id, item.mark, item.error_code, item.tried_run = document.id, told.told_mark, None, run.id
    if is_new:
        source.added += 1
    else:
        source.changed += 1
    await session.flush()


async def _new(session: AsyncSession, run: Run, item: SourceItem, folder: str, name: str) -> Document:
    if await queries.named(session, run.collection_id, folder, name) is not None:
        raise EntryNameTaken
    moment = clock.now()
    document = Document(
        id=uuid7(),
        collection_id=run.collection_id,
        name=name,
        sort_name=sort_key(name),
        folder=folder,
        tags=[],
        circle_id=item.circle_id,
        source_id=run.source_id,
        created_at=moment,
        updated_at=moment,
    )
    session.add(document)
    await session.flush()
    return document


async def _fail(services: SourceServices, run: Run, told: SourceItem, code: str) -> None:
    async with services.documents.database.transaction() as session:
        await held(session, run)
        item = await session.get(SourceItem, (run.source_id, told.path), with_for_update=True)
        if item is not None:
            item.error_code, item.tried_run = code, run.id


def place_of(run: Run, path: str) -> tuple[str, str]:
    """Return the folder of the collection and the name under which an entry is kept."""
    *above, last = path.split("/")
    folder = "/".join([run.folder, *(display_name(part) for part in above)])
    return folder[:_LONGEST_FOLDER].rstrip("/ "), display_name(last)
