"""How far a wave is, by unit: invited, activated, active. Figures about fewer than five people are not told.

What is hidden is decided over the whole wave; then its lines are searched, ordered and cut into pages. No search makes
a smaller total; ordered by a figure, what is hidden comes in one heap, before zero.
"""

from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.cohorts.schemas import CohortProgress, CurvePoint, ProgressOrder, UnitProgress
from chatelet.adoption.cohorts.service import require
from chatelet.adoption.suppression import steps, suppress
from chatelet.identity.finding import said
from chatelet.identity.names import sort_key
from chatelet.identity.principal import Principal
from chatelet.identity.schemas import UnitName
from chatelet.kernel.database import fetch
from chatelet.kernel.paging import Cursor, cut, page_of, read_cursor

_FIGURES: Final = ("invited", "activated", "active")
_NO_UNIT: Final = UUID(int=0)
_LAST: Final = "\uffff"
_BY_UNIT: Final = """
SELECT units.id, units.name, units.code, count(*) FILTER (WHERE volunteers.state IN ('invited', 'activated')),
       count(*) FILTER (WHERE volunteers.state = 'activated'),
       count(*) FILTER (WHERE volunteers.state = 'activated' AND persons.last_seen_at > now() - interval '28 days')
FROM volunteers
LEFT JOIN units ON units.id = volunteers.unit_id
LEFT JOIN persons ON persons.id = volunteers.person_id AND persons.state = 'active'
WHERE volunteers.cohort_id = $1
GROUP BY units.id, units.name, units.code
"""
_BY_DAY: Final = """
SELECT activated_at::date, count(*) FROM volunteers WHERE cohort_id = $1 AND state = 'activated' GROUP BY 1 ORDER BY 1
"""


class _Line(NamedTuple):
    """One unit of a wave, as it is told; `figures` are invited, activated, active."""

    id: UUID | None
    name: str
    code: str
    figures: tuple[int | None, ...]

    def place(self, order: str) -> Cursor:
        """Return where this line stands: units that nobody knows come last by name."""
        if order == "unit":
            return sort_key(self.name) if self.id else _LAST, self.id or _NO_UNIT
        told = self.figures[_FIGURES.index(order)]
        return f"{0 if told is None else told + 1:09d}", self.id or _NO_UNIT


async def of_cohort(
    session: AsyncSession,
    principal: Principal,
    cohort_id: UUID,
    words: str,
    order: ProgressOrder,
    *,
    cursor: str | None,
    limit: int,
) -> CohortProgress:
    """Return a page of the progress of a wave that the caller manages; raise `CohortNotFound`."""
    await require(session, principal, cohort_id)
    rows = await fetch(session, _BY_UNIT, cohort_id)
    columns = [suppress([row[place] for row in rows]) for place in (3, 4, 5)]
    told = zip(*(cells for cells, _ in columns), strict=True)
    lines = [
        _Line(id_, name or "", code or "", figures) for (id_, name, code, *_), figures in zip(rows, told, strict=True)
    ]
    by = order.removeprefix("-")
    found = cut(
        (line for line in lines if said(words, line.name, line.code)),
        lambda line: line.place(by),
        reverse=order.startswith("-"),
        after=read_cursor(cursor) if cursor else None,
    )
    shown, following = page_of(found[: limit + 1], limit, lambda line: line.place(by))
    days = [(day, number) for day, number in await fetch(session, _BY_DAY, cohort_id)]
    return CohortProgress(
        units=[_of_unit(line) for line in shown],
        next_cursor=following,
        several=len(lines) > 1,
        total=_progress(None, tuple(_told(total) for _, total in columns)),
        curve=[CurvePoint.model_validate({"day": day, "activated": number}) for day, number in steps(days)],
    )


def _of_unit(line: _Line) -> UnitProgress:
    return _progress(UnitName(id=line.id, name=line.name) if line.id else None, line.figures)


def _progress(unit: UnitName | None, figures: tuple[int | None, ...]) -> UnitProgress:
    invited, activated, active = figures
    return UnitProgress(unit=unit, invited=invited, activated=activated, active=active)


def _told(total: int | None) -> int | None:
    (told,), _ = suppress([total or 0])
    return told if total is not None else None
