"""Export and erasure of works and of a person's own glossaries; a unit's are the unit's."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import affected
from chatelet.kernel.personal_data import Exported
from chatelet.writing.glossaries import service as glossaries
from chatelet.writing.tables import Glossary, Work
from chatelet.writing.works import queries, service, views

TABLES: Final = frozenset({"works", "work_pieces", "glossaries"})


class WritingPersonalData:
    """Needs the keyring: words are sealed."""

    TABLES = TABLES

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def export(self, session: AsyncSession, person_id: UUID) -> Exported:
        """Return the person's works with what was written of texts, and their glossaries with their lines."""
        works: list[dict[str, object]] = []
        for row in await session.scalars(select(Work).where(Work.person_id == person_id).order_by(Work.id)):
            kept = views.kept_of(self._keyring, row, await queries.pieces(session, row.id))
            written = [{"source": one.source, "written": one.outcome.text} for one in kept]
            works.append({**views.shown(self._keyring, row, whole=True).model_dump(mode="json"), "segments": written})
        rows = await session.scalars(select(Glossary).where(Glossary.person_id == person_id).order_by(Glossary.id))
        return {"works": works, "glossaries": [glossaries.exported(self._keyring, row) for row in rows]}

    async def erase(self, session: AsyncSession, person_id: UUID) -> int:
        """Destroy the person's works and glossaries; their files go with them."""
        rows = list(await session.scalars(select(Work).where(Work.person_id == person_id)))
        count = await service.delete_all(session, rows, "deleted", actor=None)
        return count + await affected(session, delete(Glossary).where(Glossary.person_id == person_id))
