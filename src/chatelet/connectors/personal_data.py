"""What connectors hold on a person: which sites they put in the lists that searches of the web follow."""

from typing import Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.connectors.web.tables import WebSite
from chatelet.kernel.personal_data import Exported

TABLES: Final = frozenset({"web_sites"})


async def export(session: AsyncSession, person_id: UUID) -> Exported:
    """Return the lines that the person wrote."""
    written = select(WebSite).where(WebSite.created_by == person_id).order_by(WebSite.pattern)
    return {"sites": [{"pattern": row.pattern, "tier": row.tier} for row in await session.scalars(written)]}


async def erase(session: AsyncSession, person_id: UUID) -> int:
    """Let the lists stay, and say no more who wrote them."""
    await session.execute(update(WebSite).where(WebSite.created_by == person_id).values(created_by=None))
    return 0
