"""What adoption holds on a person: what they accepted of the charter, and their registration as a volunteer."""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.charter.queries import acceptances_of
from chatelet.adoption.charter.tables import Charter, CharterAcceptance
from chatelet.adoption.cohorts.tables import Cohort, UnitOpening, Volunteer
from chatelet.identity.tables import Person
from chatelet.kernel.personal_data import Exported

TABLES: Final = frozenset({
    "charter_acceptances", "charters", "cohorts", "mailings", "unit_openings", "volunteers"
})  # fmt: skip
_MADE_BY: Final = (
    (Cohort, Cohort.created_by),
    (UnitOpening, UnitOpening.made_by),
    (Charter, Charter.published_by),
)


async def export(session: AsyncSession, person_id: UUID) -> Exported:
    """Return the acceptances and the registration of a person, without codes nor tokens (hashes)."""
    registrations = await session.execute(select(Volunteer).where(_is_of(person_id)))
    return {
        "charter_acceptances": [
            {
                "unit_id": str(charter.unit_id) if charter.unit_id else None,
                "version": charter.version,
                "language": accepted.language,
                "sha256": accepted.hash,
                "accepted_at": accepted.accepted_at.isoformat(),
            }
            for accepted, charter in await acceptances_of(session, person_id)
        ],
        "registrations": [_registration(row) for row in registrations.scalars()],
    }


async def erase(session: AsyncSession, person_id: UUID) -> int:
    """Delete the acceptances and the registration of a person; return the rows. The journal keeps its own proof."""
    accepted = await session.execute(
        delete(CharterAcceptance)
        .where(CharterAcceptance.person_id == person_id)
        .returning(CharterAcceptance.charter_id)
    )
    for table, column in _MADE_BY:
        await session.execute(update(table).where(column == person_id).values({column: None}))
    registered = await session.execute(delete(Volunteer).where(_is_of(person_id)).returning(Volunteer.id))
    return len(accepted.all()) + len(registered.all())


def _is_of(person_id: UUID) -> ColumnElement[bool]:
    own_address = select(Person.email).where(Person.id == person_id).scalar_subquery()
    return or_(Volunteer.person_id == person_id, Volunteer.email == own_address)


def _registration(row: Volunteer) -> dict[str, str | None]:
    moments = ("registered_at", "confirmed_at", "chosen_at", "invited_at", "activated_at")
    told = {name: getattr(row, name) for name in moments}
    return {
        "email": row.email,
        "name": row.name,
        "unit": row.unit_told,
        "uses": row.uses,
        "language": row.language,
        "state": row.state,
        **{name: moment.isoformat() if moment else None for name, moment in told.items()},
    }
