"""What has gone from a place goes from the collection: documents, passages, files, keys.

After a listing that ended well, and not when most would go at once: a share that is not mounted, a folder renamed, a
site turned off look like that. A curator then says whether it is meant.
"""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.knowledge import circles, documents
from chatelet.knowledge.sources.lease import Run, held
from chatelet.knowledge.sources.services import SourceServices
from chatelet.knowledge.sources.tables import SourceItem
from chatelet.knowledge.tables import Document

_AT_ONCE: Final = 100
MANY: Final = 20  # documents that never go together, when they are most of the source's, without being asked


async def remove_gone(services: SourceServices, run: Run) -> None:
    """Delete the documents of entries that the listing did not tell, or ask. Raises `LeaseLost`."""
    async with services.documents.database.transaction() as session:
        source = await held(session, run)
        gone = await _count(session, run.source_id, SourceItem.run_id != run.id)
        held_in_all = await _count(session, run.source_id)
        if gone >= MANY and 2 * gone > held_in_all and gone > source.may_leave:
            source.leaving = gone
            return
    while await _remove_some(services, run):
        pass
    async with services.documents.database.transaction() as session:
        await held(session, run)
        await circles.forget_unused(session, run.collection_id)


async def _remove_some(services: SourceServices, run: Run) -> bool:
    async with services.documents.database.transaction() as session:
        source = await held(session, run)
        gone = (SourceItem.source_id == run.source_id, SourceItem.run_id != run.id)
        found = await session.execute(
            select(SourceItem.path, SourceItem.document_id).where(*gone).order_by(SourceItem.path).limit(_AT_ONCE)
        )
        items = [(path, document_id) for path, document_id in found]
        ids = [document_id for _path, document_id in items if document_id is not None]
        rows = (await session.scalars(select(Document).where(Document.id.in_(ids)).with_for_update())).all()
        paths = [path for path, _document_id in items]
        await session.execute(
            delete(SourceItem).where(SourceItem.source_id == run.source_id, SourceItem.path.in_(paths))
        )
        if rows:
            await documents.remove_rows(session, rows, actor=None)
        source.removed += len(rows)
        return len(items) == _AT_ONCE


async def _count(session: AsyncSession, source_id: UUID, *more: ColumnElement[bool]) -> int:
    query = select(func.count()).where(SourceItem.source_id == source_id, SourceItem.document_id.is_not(None), *more)
    return await session.scalar(query) or 0
