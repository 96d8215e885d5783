"""Reads of units, and the conditions by which rights on units reach persons and whatever belongs to a unit."""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units.tables import Membership, Unit

# Inside the query of a session, whose person is `persons`: every unit of the person, with all above it.
UNITS_ABOVE: Final = """
ARRAY(SELECT DISTINCT unnest(units.path) FROM memberships JOIN units ON units.id = memberships.unit_id
      WHERE memberships.person_id = persons.id)
"""


def within(principal: Principal, right: Right) -> ColumnElement[bool]:
    """Return the condition on `Unit`: the caller holds `right` there."""
    reach = principal.rights.reach(right)
    return true() if reach is None else Unit.path.overlap(sorted(reach))


def belongs_within(principal: Principal, right: Right, person_id: "InstrumentedAttribute[UUID]") -> ColumnElement[bool]:
    """Return the condition on a person: the caller holds `right` on one of their units (or everywhere)."""
    if principal.rights.reach(right) is None:
        return true()
    return exists().where(Membership.person_id == person_id, Unit.id == Membership.unit_id, within(principal, right))


async def memberships_of(session: AsyncSession, person_id: UUID) -> Sequence[tuple[Membership, Unit]]:
    """Return where a person belongs, the main unit first. For verbs that already know by what right."""
    found = await session.execute(
        select(Membership, Unit)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.is_main.desc(), Unit.sort_name, Unit.id)
    )
    return [(membership, unit) for membership, unit in found]


async def paths(session: AsyncSession, units: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the path of each unit."""
    found = await session.execute(select(Unit.id, Unit.path).where(Unit.id.in_(units)))
    return {unit: path for unit, path in found}  # noqa: C416 (rows are not pairs to the type checker)
