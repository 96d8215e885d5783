"""Export and erasure of researches: what was asked, what was read, what was written."""

from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.crypto import Keyring
from chatelet.kernel.personal_data import Exported
from chatelet.research import queries, service, views
from chatelet.research.tables import Research

TABLES: Final = frozenset({"researches", "research_pieces"})


class ResearchPersonalData:
    """Needs the keyring: words are sealed."""

    TABLES = TABLES

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def export(self, session: AsyncSession, person_id: UUID) -> Exported:
        """Return the person's researches with the texts that were read for them."""
        told: list[dict[str, object]] = []
        for row in await session.scalars(select(Research).where(Research.person_id == person_id).order_by(Research.id)):
            pieces = list(await queries.pieces(session, row.id))
            _asked, _plan, held = views.opened(self._keyring, row, pieces)
            texts = {str(number): one.page.text for number, one in held.sources.items() if one.collection_id is None}
            told.append({**views.shown(self._keyring, row, pieces).model_dump(mode="json"), "texts": texts})
        return {"researches": told}

    async def erase(self, session: AsyncSession, person_id: UUID) -> int:
        """Destroy the person's researches."""
        rows = list(await session.scalars(select(Research).where(Research.person_id == person_id)))
        return await service.delete_all(session, rows, "deleted", actor=None)
