"""The unit of a volunteer: what they wrote leads to nothing until somebody who manages its waves says it is theirs.

A unit gives the right to read what it owns, and anybody who reaches the page may write any unit.
"""

from typing import Final
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.cohorts import queries
from chatelet.adoption.cohorts.errors import VolunteerNotFound
from chatelet.adoption.cohorts.tables import Volunteer
from chatelet.audit import events, journal
from chatelet.identity.principal import Principal
from chatelet.identity.units.tables import Membership
from chatelet.kernel.clock import now

_STATES: Final = ("waiting", "chosen", "invited", "activated")


def is_declared(volunteer: Volunteer) -> bool:
    """Tell whether the unit is what they wrote themselves, and nobody confirmed."""
    return volunteer.unit_id is not None and not volunteer.unit_confirmed


async def confirm_unit(session: AsyncSession, principal: Principal, volunteer_id: UUID) -> None:
    """Confirm the unit of a volunteer whom the caller manages; raise `VolunteerNotFound`.

    Whoever opened an account meanwhile is placed there, unless they belong somewhere already.
    """
    found = await queries.locked_volunteers(session, principal, [volunteer_id], _STATES)
    if not found:
        raise VolunteerNotFound
    [volunteer] = found
    if is_declared(volunteer):
        volunteer.unit_confirmed = True
        told = events.VolunteerChanged(volunteer_id=volunteer.id, action="unit_confirmed")
        await journal.record_all(session, [told, *await _place(session, volunteer)], actor=principal.person_id)


async def _place(session: AsyncSession, volunteer: Volunteer) -> list[events.Event]:
    person_id = volunteer.person_id
    if person_id is None or await session.scalar(select(exists().where(Membership.person_id == person_id))):
        return []
    return placed(session, volunteer, person_id)


def placed(session: AsyncSession, volunteer: Volunteer, person_id: UUID) -> list[events.Event]:
    """Make a confirmed unit the first one of an account; return what is to be told of it."""
    if volunteer.unit_id is None or not volunteer.unit_confirmed:
        return []
    unit_id = volunteer.unit_id
    session.add(Membership(person_id=person_id, unit_id=unit_id, is_main=True, source="wave", created_at=now()))
    return [events.MembershipGiven(person_id=person_id, unit_id=unit_id, is_main=True)]
