"""Export and erasure: a person's own collections and what was shared with them; a unit's stay the unit's."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.personal_data import Exported
from chatelet.knowledge import service
from chatelet.knowledge.tables import Collection, CollectionGrant, Document

TABLES: Final = frozenset({"collections", "collection_grants", "documents", "document_versions"})


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
        return {"collections": collections, "shared_with_me": parts}

    async def erase(self, session: AsyncSession, person_id: UUID) -> int:
        """Delete the person's own collections with their documents, and the parts they were given."""
        mine = await session.scalars(select(Collection).where(Collection.person_id == person_id))
        rows = list(mine)
        for row in rows:
            await service.remove_row(session, row, actor=None)
        given = delete(CollectionGrant).where(CollectionGrant.person_id == person_id).returning(CollectionGrant.id)
        return len(rows) + len((await session.scalars(given)).all())
