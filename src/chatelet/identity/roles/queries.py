"""Reads of roles and grants, and the SQL that tells a session's rights."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from chatelet.identity.principal import PersonState, Principal
from chatelet.identity.rights import Right
from chatelet.identity.roles.tables import Grant, Role
from chatelet.identity.tables import Person
from chatelet.identity.units.queries import readable_by
from chatelet.identity.units.tables import Unit

# Inside the query of a session, whose person is `persons` and whose moment is $2: what `rights.decode_rights` reads.
HELD: Final = """
(SELECT coalesce(json_agg(json_build_array(roles.rights, grants.unit_id)), '[]')::text FROM roles LEFT JOIN grants
 ON grants.role_id = roles.id AND grants.person_id = persons.id AND coalesce(grants.expires_at > $2, true)
 WHERE roles.is_default OR grants.id IS NOT NULL)
"""


def unexpired() -> ColumnElement[bool]:
    """Return the condition of a grant that counts."""
    return or_(Grant.expires_at.is_(None), Grant.expires_at > func.now())


def administers(person_id: "InstrumentedAttribute[UUID] | UUID") -> ColumnElement[bool]:
    """Return the condition "this person manages the installation as a whole"."""
    held = select(Grant.id).where(
        Grant.person_id == person_id,
        Grant.unit_id.is_(None),
        unexpired(),
        Role.id == Grant.role_id,
        Role.rights.contains([Right.INSTALLATION_MANAGE.value]),
    )
    return held.correlate(Person).exists()


async def has_administrator(session: AsyncSession) -> bool:
    """Tell whether somebody, in any state, manages the installation."""
    return bool(await session.scalar(select(exists(select(Person.id).where(administers(Person.id))))))


async def lock_active_administrators(session: AsyncSession) -> list[UUID]:
    """Return the active administrators; they and their grants are locked, so that the last two cannot go at once."""
    found = await session.execute(
        select(Person.id)
        .join(Grant, Grant.person_id == Person.id)
        .join(Role, Role.id == Grant.role_id)
        .where(
            Person.state == PersonState.ACTIVE,
            Grant.unit_id.is_(None),
            unexpired(),
            Role.rights.contains([Right.INSTALLATION_MANAGE.value]),
        )
        .order_by(Person.id, Grant.id)
        .with_for_update(of=[Person, Grant])
    )
    return list(dict.fromkeys(found.scalars()))


async def has_active_administrator(session: AsyncSession) -> bool:
    """Tell whether somebody active manages the installation."""
    active = select(Person.id).where(Person.state == PersonState.ACTIVE, administers(Person.id))
    return bool(await session.scalar(select(active.exists())))


async def is_active_administrator(session: AsyncSession, person_id: UUID | None) -> bool:
    """Tell whether this person is an active administrator now; nobody is not."""
    active = select(Person.id).where(Person.id == person_id, Person.state == PersonState.ACTIVE, administers(Person.id))
    return bool(await session.scalar(select(active.exists())))


async def role(session: AsyncSession, code: str) -> Role:
    """Return a role by its code; shipped ones are always there."""
    found = await session.execute(select(Role).where(Role.code == code))
    return found.scalar_one()


async def grants_of(session: AsyncSession, person_id: UUID) -> Sequence[tuple[Grant, Role]]:
    """Return what a person holds, expired or not, with each role."""
    found = await session.execute(
        select(Grant, Role).join(Role, Role.id == Grant.role_id).where(Grant.person_id == person_id).order_by(Grant.id)
    )
    return [(grant, role) for grant, role in found]


async def roles_of(session: AsyncSession, persons: Collection[UUID]) -> dict[UUID, list[Role]]:
    """Return the roles that each of these persons holds now, wherever, beyond those of everybody."""
    found = await session.execute(
        select(Grant.person_id, Role)
        .join(Role, Role.id == Grant.role_id)
        .where(Grant.person_id.in_(persons), unexpired())
        .order_by(Role.is_builtin.desc(), Role.code, Grant.id)
    )
    held: dict[UUID, list[Role]] = {}
    for person_id, role in found:
        roles = held.setdefault(person_id, [])
        if role not in roles:
            roles.append(role)
    return held


async def rights_held(session: AsyncSession, person_id: UUID, moment: datetime) -> list[tuple[list[str], UUID | None]]:
    """Return the roles' rights that a person holds beyond those of everybody."""
    found = await session.execute(
        select(Role.rights, Grant.unit_id)
        .join(Grant, Grant.role_id == Role.id)
        .where(Grant.person_id == person_id, or_(Grant.expires_at.is_(None), Grant.expires_at > moment))
    )
    return [(rights, unit) for rights, unit in found]


async def roles_with_holders(session: AsyncSession) -> list[tuple[Role, int]]:
    """Return every role with how many persons hold it, shipped ones first."""
    counted = select(func.count(Grant.person_id.distinct())).where(Grant.role_id == Role.id, unexpired())
    found = await session.execute(
        select(Role, counted.scalar_subquery()).order_by(Role.is_builtin.desc(), Role.created_at, Role.name_fr)
    )
    return [(role, holders) for role, holders in found]


async def role_by_id(session: AsyncSession, role_id: UUID) -> Role | None:
    """Return a role, locked against a change of what it is made of."""
    found = await session.execute(select(Role).where(Role.id == role_id).with_for_update())
    return found.scalar_one_or_none()


async def holders(session: AsyncSession, role_id: UUID) -> int:
    """Count the persons who hold a role."""
    counted = select(func.count(Grant.person_id.distinct())).where(Grant.role_id == role_id, unexpired())
    return await session.scalar(counted) or 0


async def grant(session: AsyncSession, person_id: UUID, grant_id: UUID) -> tuple[Grant, Role, Unit | None] | None:
    """Find a role that this person holds, locked, with the unit it is held on."""
    found = await session.execute(
        select(Grant, Role)
        .join(Role, Role.id == Grant.role_id)
        .where(Grant.id == grant_id, Grant.person_id == person_id)
        .with_for_update(of=Grant)
    )
    row = found.one_or_none()
    if row is None:
        return None
    given, role = row
    return given, role, await session.get_one(Unit, given.unit_id) if given.unit_id else None


async def unit_names(session: AsyncSession, principal: Principal, units: Collection[UUID]) -> dict[UUID, str]:
    """Return the name of each of these units that the caller may know of (TA-034)."""
    found = await session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(units), readable_by(principal)))
    return {unit: name for unit, name in found}  # noqa: C416 (rows are not pairs to the type checker)
