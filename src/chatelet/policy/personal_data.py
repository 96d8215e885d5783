"""What policy holds on a person: their quotas, what they used of them, how long they chose to keep things."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.keys.tables import ApiKey
from chatelet.kernel.personal_data import Exported
from chatelet.policy.quotas import queries
from chatelet.policy.quotas.tables import QuotaCounter, QuotaHold, QuotaRule
from chatelet.policy.retention.queries import choices
from chatelet.policy.retention.tables import RetentionChoice, RetentionRule
from chatelet.policy.rules.tables import PolicyVersion

TABLES: Final = frozenset({
    "policy_versions", "quota_rules", "quota_counters", "quota_holds", "retention_choices", "retention_rules"
})  # fmt: skip
_MADE_BY: Final = (
    (RetentionRule, RetentionRule.set_by),
    (PolicyVersion, PolicyVersion.written_by),
    (PolicyVersion, PolicyVersion.published_by),
)


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
    """Delete the quotas, counts and choices of the person and of their keys; rules set for others stay, unnamed."""
    rows, keys = 0, select(ApiKey.id).where(ApiKey.person_id == person_id)
    for statement in (
        delete(QuotaHold).where(QuotaHold.person_id == person_id).returning(QuotaHold.id),
        delete(QuotaCounter)
        .where(or_(QuotaCounter.subject_id == person_id, QuotaCounter.subject_id.in_(keys)))
        .returning(QuotaCounter.starts),
        delete(QuotaRule)
        .where(or_(QuotaRule.person_id == person_id, QuotaRule.key_id.in_(keys)))
        .returning(QuotaRule.id),
        delete(RetentionChoice).where(RetentionChoice.person_id == person_id).returning(RetentionChoice.kind),
    ):
        rows += len((await session.execute(statement)).all())
    for table, column in _MADE_BY:
        await session.execute(update(table).where(column == person_id).values({column: None}))
    return rows
