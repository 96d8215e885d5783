"""What policy holds on a person: their quotas, what they used of them, how long they chose to keep things."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.personal_data import Exported
from chatelet.policy.quotas import queries
from chatelet.policy.quotas.tables import QuotaCounter, QuotaHold, QuotaRule
from chatelet.policy.retention.queries import choices
from chatelet.policy.retention.tables import RetentionChoice, RetentionRule

TABLES: Final = frozenset({"quota_rules", "quota_counters", "quota_holds", "retention_choices", "retention_rules"})


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
        "retention": [{"kind": row.kind, "days": row.days} for row in await choices(session, person_id)],
    }


async def erase(session: AsyncSession, person_id: UUID) -> int:
    """Delete the person's own quotas, counts and choices; rules they set for others stay, without their name."""
    rows = 0
    for statement in (
        delete(QuotaHold).where(QuotaHold.person_id == person_id).returning(QuotaHold.id),
        delete(QuotaCounter).where(QuotaCounter.subject_id == person_id).returning(QuotaCounter.starts),
        delete(QuotaRule).where(QuotaRule.person_id == person_id).returning(QuotaRule.id),
        delete(RetentionChoice).where(RetentionChoice.person_id == person_id).returning(RetentionChoice.kind),
    ):
        rows += len((await session.execute(statement)).all())
    await session.execute(update(RetentionRule).where(RetentionRule.set_by == person_id).values(set_by=None))
    return rows
