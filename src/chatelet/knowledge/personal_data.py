"""Export and erasure: a person's own collections, what was shared with them, where places name them."""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.tables import Person
from chatelet.kernel.personal_data import Exported
from chatelet.knowledge import service
from chatelet.knowledge.papers.tables import Paper
from chatelet.knowledge.sources.tables import DeclaredPlace, Source
from chatelet.knowledge.tables import Circle, Collection, CollectionGrant, Document, DocumentVersion

TABLES: Final = frozenset({
    "circles", "collection_grants", "collections", "document_versions", "documents", "papers", "places", "sources"
})  # fmt: skip
_ADDED_BY: Final = (
    (Collection, Collection.created_by),
    (CollectionGrant, CollectionGrant.granted_by),
    (Document, Document.created_by),
    (DocumentVersion, DocumentVersion.created_by),
    (Paper, Paper.created_by),
    (DeclaredPlace, DeclaredPlace.created_by),
    (Source, Source.created_by),
)


class KnowledgePersonalData:
    """Names of one's own collections and documents; their bytes are downloaded one by one."""

    TABLES = TABLES

    async def export(self, session: AsyncSession, person_id: UUID) -> Exported:
        """Return the person's own collections, and the parts they were given in others'."""
        collections: list[dict[str, object]] = []
        mine = select(Collection).where(Collection.person_id == person_id).order_by(Collection.id)
        for row in await session.scalars(mine):
            names = await session.execute(
                select(Document.id, Document.folder, Document.name).where(Document.collection_id == row.id)
            )
            documents = [{"id": str(one[0]), "folder": one[1], "name": one[2]} for one in names]
            collections.append({"id": str(row.id), "name": row.name, "level": row.level, "documents": documents})
        shared = await session.scalars(select(CollectionGrant).where(CollectionGrant.person_id == person_id))
        parts = [{"collection": str(row.collection_id), "part": row.part} for row in shared]
        named = await session.scalar(select(func.count()).where(await _naming(session, person_id)))
        return {"collections": collections, "shared_with_me": parts, "circles": named or 0}

    async def erase(self, session: AsyncSession, person_id: UUID) -> int:
        """Delete the person's own collections with their documents, and the parts they were given.

        What they added to others' collections stays, and says no more who added it.
        """
        mine = await session.scalars(select(Collection).where(Collection.person_id == person_id))
        rows = list(mine)
        for row in rows:
            await service.remove_row(session, row, actor=None)
        named = await _naming(session, person_id)
        await session.execute(
            update(Circle)
            .where(named)
            .values(readers=func.array_remove(Circle.readers, await _name(session, person_id)))
        )
        for table, column in _ADDED_BY:
            await session.execute(update(table).where(column == person_id).values({column: None}))
        given = delete(CollectionGrant).where(CollectionGrant.person_id == person_id).returning(CollectionGrant.id)
        return len(rows) + len((await session.scalars(given)).all())


async def _naming(session: AsyncSession, person_id: UUID) -> ColumnElement[bool]:
    """Return the condition on `Circle`: a place told the person's address among its readers."""
    return Circle.readers.contains([await _name(session, person_id)])


async def _name(session: AsyncSession, person_id: UUID) -> str:
    email = await session.scalar(select(Person.email).where(Person.id == person_id))
    return f"person:{email}"
