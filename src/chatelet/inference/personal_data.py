"""What inference holds on a person: the figures of the answers given to them."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.inference import queries
from chatelet.inference.tables import UsageRow
from chatelet.kernel.personal_data import Exported

TABLES: Final = frozenset({"model_usage"})


async def export(session: AsyncSession, person_id: UUID) -> Exported:
    """Return the figures of every answer given to the person."""
    return {"model_usage": [_figures(row) for row in await queries.usage_of(session, person_id)]}


async def erase(session: AsyncSession, person_id: UUID) -> int:
    """Delete the figures of the person; return how many rows."""
    removed = await session.execute(delete(UsageRow).where(UsageRow.person_id == person_id).returning(UsageRow.id))
    return len(removed.all())


def _figures(row: UsageRow) -> dict[str, str | int | float | bool | None]:
    return {
        "model": row.model_id,
        "backend": row.backend,
        "purpose": row.purpose,
        "prompt_tokens": row.prompt_tokens,
        "completion_tokens": row.completion_tokens,
        "estimated": row.estimated,
        "energy_wh": row.energy_wh,
        "cost_euros": row.cost_euros,
        "created_at": row.created_at.isoformat(),
    }
