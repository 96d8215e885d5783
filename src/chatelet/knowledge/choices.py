"""The verbs on several documents of a collection, chosen together: move, delete. A dry run shows what they would do.

All are found and may be changed, or nothing is done: a choice is of one collection, where the caller contributes.
"""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.principal import Principal
from chatelet.kernel import clock
from chatelet.knowledge import documents, queries, service
from chatelet.knowledge.errors import DocumentNotFound
from chatelet.knowledge.parts import Part
from chatelet.knowledge.queries import DocumentRow
from chatelet.knowledge.schemas import ChoiceOut, DocumentChoice, DocumentMove
from chatelet.knowledge.tables import Document


async def move(session: AsyncSession, principal: Principal, collection_id: UUID, wanted: DocumentMove) -> ChoiceOut:
    """Put documents in a folder; one whose name is taken there stays where it is, and is told.

    Raises `CollectionNotFound`, `CollectionPartMissing`, `DocumentNotFound`.
    """
    rows = [row.document for row in await _chosen(session, principal, collection_id, wanted.ids)]
    await documents.check_folder(session, collection_id, wanted.folder)
    going = [row for row in rows if row.folder != wanted.folder]
    taken = await queries.names_in(session, collection_id, wanted.folder, {row.name for row in going})
    moved: list[Document] = []
    for row in going:
        if row.name not in taken:
            moved.append(row)
            taken.add(row.name)
    if not wanted.dry_run:
        for row in moved:
            row.folder, row.updated_at = wanted.folder, clock.now()
            await documents.tell(session, principal.person_id, row, "changed", changed=("folder",))
        await session.flush()
    return await _told(session, moved, taken=sorted({row.name for row in going if row not in moved}))


async def remove(session: AsyncSession, principal: Principal, collection_id: UUID, wanted: DocumentChoice) -> ChoiceOut:
    """Delete documents with their versions, files, keys and passages. Raises as `move`."""
    rows = [row.document for row in await _chosen(session, principal, collection_id, wanted.ids)]
    told = await _told(session, rows)
    if wanted.dry_run:
        return told
    await documents.remove_rows(session, rows, actor=principal.person_id)
    return told


async def _chosen(
    session: AsyncSession, principal: Principal, collection_id: UUID, ids: list[UUID]
) -> list[DocumentRow]:
    await service.access(session, principal, collection_id, Part.CONTRIBUTOR)
    found = await queries.chosen(session, principal, collection_id, set(ids))
    if len(found) != len(set(ids)):
        raise DocumentNotFound
    for row in found:
        documents.check_free(row.document)
    return found


async def _told(session: AsyncSession, rows: list[Document], taken: list[str] | None = None) -> ChoiceOut:
    versions, size = await queries.weight_of(session, [row.id for row in rows])
    return ChoiceOut(documents=len(rows), versions=versions, bytes=size, taken=taken or [])
