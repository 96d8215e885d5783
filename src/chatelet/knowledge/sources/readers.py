"""Rights of the place, followed: documents whose readers changed there change readers here, before anything is brought.

    same content   the document goes to its new circle; its words are not indexed again
    new content    meanwhile only those who could read the old content and may read the new one do: the old was not
                   written for the others. The new version then takes its own circle (`bringing`)

Earlier versions do not reach people who could not read them: they are deleted when a circle widens.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.files import service as files
from chatelet.documents.files.tables import File
from chatelet.knowledge import circles, documents, indexing
from chatelet.knowledge.sources.lease import Run, held
from chatelet.knowledge.sources.services import SourceServices
from chatelet.knowledge.sources.tables import SourceItem
from chatelet.knowledge.tables import Circle, Document, DocumentVersion

_AT_ONCE: Final = 100


async def follow_readers(services: SourceServices, run: Run) -> None:
    """Put each document of an unchanged entry in the circle that its place tells now. Raises `LeaseLost`."""
    after = ""
    while found := await _some(services, run, after):
        after = found[-1]


async def _some(services: SourceServices, run: Run, after: str) -> list[str]:
    async with services.documents.database.transaction() as session:
        await held(session, run)
        found = await session.execute(
            select(SourceItem, Document)
            .join(Document, Document.id == SourceItem.document_id)
            .where(
                SourceItem.source_id == run.source_id,
                SourceItem.run_id == run.id,
                SourceItem.path > after,
                Document.circle_id.is_distinct_from(SourceItem.circle_id),
            )
            .order_by(SourceItem.path)
            .limit(_AT_ONCE)
            .with_for_update(of=Document)
        )
        rows = [(item, document) for item, document in found]
        vectors = await indexing.has_vectors(session)
        for item, document in rows:
            wanted = item.circle_id
            if item.mark != item.told_mark:
                wanted = await _common(session, document, wanted)
            await change(session, document, wanted, vectors=vectors)
        return [item.path for item, _document in rows]


async def change(session: AsyncSession, document: Document, circle_id: UUID | None, *, vectors: bool) -> None:
    """Give a document, locked, other readers; its earlier versions go where somebody is added."""
    if document.circle_id == circle_id:
        return
    if await widens(session, document.circle_id, circle_id):
        await forget_earlier(session, document)
    await circles.move(session, document, circle_id, vectors=vectors)
    await documents.tell(session, None, document, "changed", changed=("readers",))


async def widens(session: AsyncSession, before: UUID | None, after: UUID | None) -> bool:
    """Tell whether the second circle may name somebody that the first does not."""
    if before is None or before == after:
        return False
    if after is None:
        return True
    return not await _names(session, after) <= await _names(session, before)


async def forget_earlier(session: AsyncSession, document: Document) -> None:
    """Delete the versions of a document that are not its current one."""
    gone = await session.execute(
        delete(DocumentVersion)
        .where(DocumentVersion.document_id == document.id, DocumentVersion.id != document.version_id)
        .returning(DocumentVersion.file_id)
    )
    ids: Sequence[UUID] = gone.scalars().all()
    if ids:
        rows = await session.scalars(select(File).where(File.id.in_(ids)))
        await files.delete_all(session, list(rows), actor=None)


async def _common(session: AsyncSession, document: Document, told: UUID | None) -> UUID | None:
    """Return the circle of those who are in both."""
    if document.circle_id is None or told is None:
        return told or document.circle_id
    both = await _names(session, document.circle_id) & await _names(session, told)
    return await circles.circle_of(session, document.collection_id, both)


async def _names(session: AsyncSession, circle_id: UUID) -> set[str]:
    return set(await session.scalar(select(Circle.readers).where(Circle.id == circle_id)) or ())
