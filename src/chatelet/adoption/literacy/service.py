"""Count a path followed to its end; tell the counts, none below five.

What is hidden is decided over the whole installation, whoever asks, whatever is searched: two readings never
complete each other.
"""

from datetime import date
from itertools import groupby
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.literacy.schemas import LiteracyFigure, LiteracyOut, LiteracyTotal
from chatelet.adoption.suppression import suppress
from chatelet.identity.finding import said
from chatelet.identity.names import sort_key
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.schemas import UnitName
from chatelet.identity.units.queries import within
from chatelet.identity.units.tables import Unit
from chatelet.kernel.database import execute, fetch
from chatelet.kernel.paging import Cursor, cut, page_of, read_cursor

_LAST: Final = "\uffff"
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
SELECT literacy_months.month, units.id, units.name, units.code, sum(literacy_months.completions)::int
FROM literacy_months
LEFT JOIN kept ON kept.id = literacy_months.unit_id
LEFT JOIN units ON units.id = kept.place
WHERE literacy_months.month > date_trunc('month', now()) - interval '12 months'
GROUP BY literacy_months.month, units.id, units.name, units.code
ORDER BY literacy_months.month DESC
"""


class _Line(NamedTuple):
    """One unit in one month, as it is told."""

    month: date
    unit_id: UUID | None
    name: str | None
    code: str | None
    completions: int | None

    def place(self) -> Cursor:
        """Return where this line stands: the newest month first, then by unit, persons of none last."""
        age = date.max.toordinal() - self.month.toordinal()
        return f"{age:07d} {sort_key(self.name or '') if self.unit_id else _LAST}", self.unit_id or UUID(int=0)

    def told(self) -> LiteracyFigure:
        """Return the line as its page shows it."""
        unit = UnitName(id=self.unit_id, name=self.name or "") if self.unit_id else None
        return LiteracyFigure(month=self.month, unit=unit, completions=self.completions)


async def count(session: AsyncSession, principal: Principal) -> None:
    """Add one to the month, for the main unit of the caller; who called is kept nowhere."""
    await execute(session, _COUNT, principal.person_id, UUID(int=0))


async def read(
    session: AsyncSession, principal: Principal, words: str, *, cursor: str | None, limit: int
) -> LiteracyOut:
    """Return a page of the counts of the units where the caller manages waves, and totals where they manage all."""
    whole = principal.rights.holds(Right.WAVES_MANAGE)
    seen = set(await session.scalars(select(Unit.id).where(within(principal, Right.WAVES_MANAGE))))
    lines: list[_Line] = []
    totals: list[LiteracyTotal] = []
    for month, of_month in groupby(await fetch(session, _MONTHS), key=lambda row: row[0]):
        rows = list(of_month)
        cells, total = suppress([row[4] for row in rows])
        lines += [
            _Line(month, row[1], row[2], row[3], told)
            for row, told in zip(rows, cells, strict=True)
            if (whole or row[1] in seen) and said(words, row[2] or "", row[3] or "")
        ]
        (kept,), _ = suppress([total or 0])
        totals.append(LiteracyTotal(month=month, completions=kept if total is not None else None))
    found = cut(lines, _Line.place, reverse=False, after=read_cursor(cursor) if cursor else None)
    shown, following = page_of(found[: limit + 1], limit, _Line.place)
    return LiteracyOut(figures=[line.told() for line in shown], totals=totals if whole else [], next_cursor=following)
