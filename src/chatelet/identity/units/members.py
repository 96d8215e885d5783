"""Who belongs where, by hand. Lines kept by a directory or a provider's claims are changed there, not here."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity import queries as persons
from chatelet.identity.errors import PersonNotFound
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units import queries, service
from chatelet.identity.units.errors import MembershipNotFound
from chatelet.identity.units.schemas import MembershipList, MembershipOut, NewMembership
from chatelet.identity.units.tables import Membership
from chatelet.kernel.clock import now
from chatelet.kernel.database import execute
from chatelet.kernel.errors import Forbidden

BY_HAND: Final = "page"
_OLDEST_MAIN: Final = """
UPDATE memberships m SET is_main = true
FROM (SELECT DISTINCT ON (person_id) person_id, unit_id FROM memberships WHERE person_id = ANY($1)
      ORDER BY person_id, is_main DESC, created_at, unit_id) AS oldest
WHERE m.person_id = oldest.person_id AND m.unit_id = oldest.unit_id AND NOT m.is_main
"""


async def memberships(session: AsyncSession, principal: Principal, person_id: UUID) -> MembershipList:
    """Return the units of a person that the caller may see; raise `PersonNotFound`."""
    await _person(session, principal, person_id)
    found = await queries.memberships_of(session, person_id, principal)
    names = await queries.names_along(session, [unit for _, unit in found])
    return MembershipList(
        items=[
            MembershipOut(
                unit_id=unit.id,
                code=unit.code,
                name=unit.name,
                path=names[unit.id],
                is_main=line.is_main,
                source=line.source,
                since=line.created_at,
                may_change=principal.rights.holds(Right.PERSONS_MANAGE, unit.path),
            )
            for line, unit in found
        ]
    )


async def place(session: AsyncSession, principal: Principal, person_id: UUID, new: NewMembership) -> MembershipList:
    """Place a person in a unit where the caller manages persons. Raises `PersonNotFound`, and as `service.access`.

    The main unit decides who manages the account (`access.check_manages`): nobody takes it from a unit that is not
    theirs. Whoever is new in the unit is then placed there beside; asking for the change itself raises `Forbidden`.
    """
    await _person(session, principal, person_id)
    unit = await service.access(session, principal, new.unit_id, Right.PERSONS_MANAGE)
    lines = await queries.memberships_of(session, person_id)
    kept = next((there.path for line, there in lines if line.is_main and there.id != unit.id), unit.path)
    may_move = principal.rights.holds(Right.PERSONS_MANAGE, kept)
    if new.is_main and not may_move and any(there.id == unit.id for _, there in lines):
        raise Forbidden(right=Right.PERSONS_MANAGE.value)
    await belong(session, person_id, unit.id, is_main=new.is_main and may_move, source=BY_HAND)
    before = next((there.id for line, there in lines if line.is_main), None)
    is_main = before is None or (new.is_main and may_move) or before == unit.id
    placed = events.MembershipGiven(person_id=person_id, unit_id=unit.id, is_main=is_main, main_before=before)
    await journal.record(session, placed, actor=principal.person_id)
    return await memberships(session, principal, person_id)


async def remove(session: AsyncSession, principal: Principal, person_id: UUID, unit_id: UUID) -> None:
    """Take a person out of a unit. Raises `PersonNotFound`, `MembershipNotFound`, and as `service.access`."""
    await _person(session, principal, person_id)
    await service.access(session, principal, unit_id, Right.PERSONS_MANAGE)
    gone = await session.execute(
        delete(Membership)
        .where(Membership.person_id == person_id, Membership.unit_id == unit_id)
        .returning(Membership.is_main)
    )
    left = gone.first()
    if left is None:
        raise MembershipNotFound
    await keep_main_units(session, [person_id])
    removed = events.MembershipRemoved(person_id=person_id, unit_id=unit_id, was_main=left.is_main)
    await journal.record(session, removed, actor=principal.person_id)


async def belong(session: AsyncSession, person_id: UUID, unit_id: UUID, *, is_main: bool, source: str) -> None:
    """Write that a person belongs to a unit; their first unit is their main one. For verbs that know by what right."""
    has_main = any(line.is_main for line, _ in await queries.memberships_of(session, person_id))
    if is_main and has_main:
        others = update(Membership).where(Membership.person_id == person_id, Membership.unit_id != unit_id)
        await session.execute(others.values(is_main=False))
    line = insert(Membership).values(
        person_id=person_id, unit_id=unit_id, is_main=is_main or not has_main, source=source, created_at=now()
    )
    kept = {"is_main": True} if is_main else {"source": Membership.source}
    await session.execute(line.on_conflict_do_update(index_elements=["person_id", "unit_id"], set_=kept))


async def keep_main_units(session: AsyncSession, persons: Sequence[UUID]) -> None:
    """Make the oldest line of each the main one, where none is any more."""
    await execute(session, _OLDEST_MAIN, list(persons))


async def _person(session: AsyncSession, principal: Principal, person_id: UUID) -> None:
    if await persons.person(session, principal, person_id) is None:
        raise PersonNotFound
