"""Who holds a role on a unit: given there or above it, nearest first."""

from typing import Final
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.principal import Principal
from chatelet.identity.queries import readable_by
from chatelet.identity.roles.queries import unexpired
from chatelet.identity.roles.schemas import HolderList, HolderOut
from chatelet.identity.roles.tables import Grant, Role
from chatelet.identity.schemas import UnitName
from chatelet.identity.tables import Person
from chatelet.identity.units import service as units
from chatelet.identity.units.queries import readable_by as units_readable_by
from chatelet.identity.units.tables import Unit

_MOST: Final = 200


async def holders_on(session: AsyncSession, principal: Principal, unit_id: UUID) -> HolderList:
    """Return the persons, among those the caller may see, who hold a role that reaches a unit.

    Raises `UnitNotFound`, `UnitClosed`.
    """
    unit = await units.access(session, principal, unit_id)
    found = await session.execute(
        select(Person.id, Person.name, Role.name_fr, Role.name_en, Unit.id, Unit.name, Grant.expires_at)
        .join(Grant, Grant.person_id == Person.id)
        .join(Role, Role.id == Grant.role_id)
        .outerjoin(Unit, Unit.id == Grant.unit_id)
        .where(readable_by(principal), unexpired(), or_(Unit.id.is_(None), Unit.id.in_(unit.path)))
        .where(or_(Unit.id.is_(None), units_readable_by(principal)))
        .order_by(func.coalesce(func.cardinality(Unit.path), 0).desc(), Role.code, Person.sort_name, Grant.id)
        .limit(_MOST + 1)
    )
    items = [
        HolderOut(
            person_id=person_id,
            person_name=name,
            role_name_fr=name_fr,
            role_name_en=name_en,
            unit=UnitName(id=where, name=where_name) if where else None,
            expires_at=expires_at,
        )
        for person_id, name, name_fr, name_en, where, where_name, expires_at in found
    ]
    return HolderList(items=items[:_MOST], more=len(items) > _MOST)
