"""Reads of roles and grants, and the SQL that tells a session's rights."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from chatelet.identity.principal import PersonState
from chatelet.identity.rights import Right
from chatelet.identity.roles.tables import Grant, Role
from chatelet.identity.tables import Person

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


async def rights_held(session: AsyncSession, person_id: UUID, moment: datetime) -> list[tuple[list[str], UUID | None]]:
    """Return the roles' rights that a person holds beyond those of everybody."""
    found = await session.execute(
        select(Role.rights, Grant.unit_id)
        .join(Grant, Grant.role_id == Role.id)
        .where(Grant.person_id == person_id, or_(Grant.expires_at.is_(None), Grant.expires_at > moment))
    )
    return [(rights, unit) for rights, unit in found]
