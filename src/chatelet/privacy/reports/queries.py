"""All SQL of reports."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.tables import Person
from chatelet.privacy.reports.tables import Report

_SHOWN: Final = 200


async def of_person(session: AsyncSession, person_id: UUID) -> Sequence[Report]:
    """Return a person's own reports, the last first."""
    wanted = select(Report).where(Report.person_id == person_id).order_by(Report.id.desc()).limit(_SHOWN)
    return (await session.scalars(wanted)).all()


async def count_open(session: AsyncSession, person_id: UUID) -> int:
    """Count the reports of a person that wait for an answer."""
    wanted = select(func.count()).where(Report.person_id == person_id, Report.state == "open")
    return await session.scalar(wanted) or 0


async def to_answer(session: AsyncSession) -> Sequence[tuple[Report, str]]:
    """Return reports with the names of who made them: open ones first, the oldest first; then the last answered."""
    wanted = (
        select(Report, Person.name)
        .join(Person, Person.id == Report.person_id)
        .order_by(Report.state != "open", Report.decided_at.desc(), Report.id)
        .limit(_SHOWN)
    )
    return [(report, name) for report, name in await session.execute(wanted)]


async def one(session: AsyncSession, report_id: UUID) -> tuple[Report, str] | None:
    """Return a report to be answered, held until the transaction ends."""
    wanted = select(Report, Person.name).join(Person, Person.id == Report.person_id).where(Report.id == report_id)
    found = (await session.execute(wanted.with_for_update(of=Report))).one_or_none()
    return None if found is None else (found[0], found[1])
