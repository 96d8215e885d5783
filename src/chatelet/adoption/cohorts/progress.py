"""How far a wave is, by unit: invited, activated, active. Figures about fewer than five people are not told."""

from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.cohorts.schemas import CohortProgress, CurvePoint, UnitProgress
from chatelet.adoption.cohorts.service import require
from chatelet.adoption.suppression import steps, suppress
from chatelet.identity.principal import Principal
from chatelet.identity.schemas import UnitName
from chatelet.kernel.database import fetch

_BY_UNIT: Final = """
SELECT units.id, units.name, count(*) FILTER (WHERE volunteers.state IN ('invited', 'activated')),
       count(*) FILTER (WHERE volunteers.state = 'activated'),
       count(*) FILTER (WHERE volunteers.state = 'activated' AND persons.last_seen_at > now() - interval '28 days')
FROM volunteers
LEFT JOIN units ON units.id = volunteers.unit_id
LEFT JOIN persons ON persons.id = volunteers.person_id AND persons.state = 'active'
WHERE volunteers.cohort_id = $1
GROUP BY units.id, units.name, units.sort_name ORDER BY units.sort_name NULLS LAST
"""
_BY_DAY: Final = """
SELECT activated_at::date, count(*) FROM volunteers WHERE cohort_id = $1 AND state = 'activated' GROUP BY 1 ORDER BY 1
"""


async def of_cohort(session: AsyncSession, principal: Principal, cohort_id: UUID) -> CohortProgress:
    """Return the progress of a wave that the caller manages; raise `CohortNotFound`."""
    await require(session, principal, cohort_id)
    rows = await fetch(session, _BY_UNIT, cohort_id)
    columns = [suppress([row[place] for row in rows]) for place in (2, 3, 4)]
    units = [
        UnitProgress(
            unit=UnitName(id=row[0], name=row[1]) if row[0] else None,
            invited=columns[0][0][number],
            activated=columns[1][0][number],
            active=columns[2][0][number],
        )
        for number, row in enumerate(rows)
    ]
    invited, activated, active = (_told(total) for _, total in columns)
    days = [(day, number) for day, number in await fetch(session, _BY_DAY, cohort_id)]
    return CohortProgress(
        units=units,
        total=UnitProgress(unit=None, invited=invited, activated=activated, active=active),
        curve=[CurvePoint.model_validate({"day": day, "activated": number}) for day, number in steps(days)],
    )


def _told(total: int | None) -> int | None:
    (told,), _ = suppress([total or 0])
    return told if total is not None else None
