"""Export and erasure of the files that a person gave; those that a collection holds are the collection's."""

from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.files import service, views
from chatelet.documents.files.tables import File
from chatelet.documents.services import DocumentServices
from chatelet.kernel.personal_data import Exported

TABLES: Final = frozenset({"files"})


class DocumentsPersonalData:
    """Needs the keyring: names are sealed."""

    TABLES = TABLES

    def __init__(self, services: DocumentServices) -> None:
        self._services = services

    async def export(self, session: AsyncSession, person_id: UUID) -> Exported:
        """Return what is known of the person's files; their bytes are downloaded one by one."""
        rows = await session.scalars(select(File).where(File.person_id == person_id).order_by(File.id))
        return {"files": [views.shown(self._services, row).model_dump(mode="json") for row in rows]}

    async def erase(self, session: AsyncSession, person_id: UUID) -> int:
        """Destroy the keys and rows of the person's own files."""
        mine = select(File).where(File.person_id == person_id, File.holder_kind.is_distinct_from("document"))
        return await service.delete_all(session, list(await session.scalars(mine)), actor=None)
