"""Count a path followed to its end; tell the counts, none below five.

What is hidden is decided over the whole installation, whoever asks: two readers never complete each other.
"""

from itertools import groupby
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.literacy.schemas import LiteracyFigure, LiteracyOut, LiteracyTotal
from chatelet.adoption.suppression import suppress
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.schemas import UnitName
from chatelet.identity.units.queries import within
from chatelet.identity.units.tables import Unit
from chatelet.kernel.database import execute, fetch

_COUNT: Final = """
INSERT INTO literacy_months AS known (unit_id, month, completions)
SELECT coalesce((SELECT unit_id FROM memberships WHERE person_id = $1 AND is_main), $2),
       date_trunc('month', now())::date, 1
ON CONFLICT (unit_id, month) DO UPDATE SET completions = known.completions + 1
"""
_MONTHS: Final = """
WITH RECURSIVE kept (id, place) AS (
    SELECT id, id FROM units WHERE merged_into IS NULL
    UNION SELECT units.id, kept.place FROM units JOIN kept ON units.merged_into = kept.id
)
SELECT literacy_months.month, units.id, units.name, sum(literacy_months.completions)::int
FROM literacy_months
LEFT JOIN kept ON kept.id = literacy_months.unit_id
LEFT JOIN units ON units.id = kept.place
WHERE literacy_months.month > date_trunc('month', now()) - interval '12 months'
GROUP BY literacy_months.month, units.id, units.name, units.sort_name
ORDER BY literacy_months.month DESC, units.sort_name NULLS LAST
"""


async def count(session: AsyncSession, principal: Principal) -> None:
    """Add one to the month, for the main unit of the caller; who called is kept nowhere."""
    await execute(session, _COUNT, principal.person_id, UUID(int=0))


async def read(session: AsyncSession, principal: Principal) -> LiteracyOut:
    """Return the counts of the units where the caller manages waves, and totals where they manage all."""
    whole = principal.rights.holds(Right.WAVES_MANAGE)
    seen = set(await session.scalars(select(Unit.id).where(within(principal, Right.WAVES_MANAGE))))
    figures: list[LiteracyFigure] = []
    totals: list[LiteracyTotal] = []
    for month, of_month in groupby(await fetch(session, _MONTHS), key=lambda row: row[0]):
        rows = list(of_month)
        cells, total = suppress([row[3] for row in rows])
        for (_, unit_id, name, _count), told in zip(rows, cells, strict=True):
            if whole or unit_id in seen:
                unit = UnitName(id=unit_id, name=name) if unit_id else None
                figures.append(LiteracyFigure(month=month, unit=unit, completions=told))
        (kept,), _ = suppress([total or 0])
        totals.append(LiteracyTotal(month=month, completions=kept if total is not None else None))
    return LiteracyOut(figures=figures, totals=totals if whole else [])
