"""What policy holds on a person: their own quotas and what they used of their allowances."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.personal_data import Exported
from chatelet.policy.quotas import queries
from chatelet.policy.quotas.tables import QuotaCounter, QuotaHold, QuotaRule

TABLES: Final = frozenset({"quota_rules", "quota_counters", "quota_holds"})


async def export(session: AsyncSession, person_id: UUID) -> Exported:
    """Return the person's own quotas and counts."""
    counters = await session.execute(select(QuotaCounter).where(QuotaCounter.subject_id == person_id))
    return {
        "quotas": [
            {"measure": row.measure, "period": row.period, "amount": row.amount, "model": row.model_id}
            for row in await queries.of_person(session, person_id)
        ],
        "used": [
            {
                "period": row.period,
                "starts": row.starts.isoformat(),
                "model": row.model_id or None,
                "requests": row.requests,
                "tokens": row.tokens,
                "microeuros": row.microeuros,
                "mgco2e": row.mgco2e,
            }
            for row in counters.scalars()
        ],
    }


async def erase(session: AsyncSession, person_id: UUID) -> int:
    """Delete the person's own quotas and counts; return how many rows."""
    rows = 0
    for statement in (
        delete(QuotaHold).where(QuotaHold.person_id == person_id).returning(QuotaHold.id),
        delete(QuotaCounter).where(QuotaCounter.subject_id == person_id).returning(QuotaCounter.starts),
        delete(QuotaRule).where(QuotaRule.person_id == person_id).returning(QuotaRule.id),
    ):
        rows += len((await session.execute(statement)).all())
    return rows
