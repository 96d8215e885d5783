"""Reads of units, and the conditions by which rights on units reach persons and whatever belongs to a unit."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from chatelet.identity.names import search_words
from chatelet.identity.principal import Principal
from chatelet.identity.rights import DELEGABLE, Right
from chatelet.identity.units.tables import Membership, Unit

# Inside the query of a session, whose person is `persons`: every unit of the person, with all above it.
UNITS_ABOVE: Final = """
ARRAY(SELECT DISTINCT unnest(units.path) FROM memberships JOIN units ON units.id = memberships.unit_id
      WHERE memberships.person_id = persons.id)
"""
_TREE: Final = 0x556E697473  # "Units": the advisory lock of whoever changes the tree


class UnitRow(NamedTuple):
    """A unit with what is directly under it, and the names from the root to it."""

    unit: Unit
    units: int
    persons: int
    names: list[str]


def readable_by(principal: Principal, unit: type[Unit] = Unit) -> ColumnElement[bool]:
    """Return the condition on `Unit` that every read by a caller carries: their own line, and where a right reaches."""
    own = unit.id.in_(principal.units)
    reach: set[UUID] = set()
    for right in DELEGABLE:
        units = principal.rights.reach(right)
        if units is None:
            return true()
        reach |= units
    return or_(own, unit.path.overlap(sorted(reach))) if reach else own


def within(principal: Principal, right: Right) -> ColumnElement[bool]:
    """Return the condition on `Unit`: the caller holds `right` there."""
    reach = principal.rights.reach(right)
    return true() if reach is None else Unit.path.overlap(sorted(reach))


def belongs_within(principal: Principal, right: Right, person_id: "InstrumentedAttribute[UUID]") -> ColumnElement[bool]:
    """Return the condition on a person: the caller holds `right` on one of their units (or everywhere)."""
    reach = principal.rights.reach(right)
    if reach is None:
        return true()
    line, place = aliased(Membership), aliased(Unit)
    return exists().where(line.person_id == person_id, place.id == line.unit_id, place.path.overlap(sorted(reach)))


def belongs_under(unit_id: UUID, person_id: "InstrumentedAttribute[UUID]") -> ColumnElement[bool]:
    """Return the condition on a person: one of their units is this one or under it."""
    line, place = aliased(Membership), aliased(Unit)
    return exists().where(line.person_id == person_id, place.id == line.unit_id, place.path.contains([unit_id]))


async def unit(session: AsyncSession, principal: Principal, unit_id: UUID) -> Unit | None:
    """Return a unit that the caller may know of, locked."""
    found = await session.execute(
        select(Unit).where(Unit.id == unit_id, readable_by(principal)).with_for_update(of=Unit)
    )
    return found.scalar_one_or_none()


async def unit_row(session: AsyncSession, principal: Principal, unit_id: UUID) -> UnitRow:
    """Return a unit as lists show it. For verbs that already know by what right."""
    [row] = await _with_surroundings(session, principal, [await session.get_one(Unit, unit_id)])
    return row


async def units_page(
    session: AsyncSession,
    principal: Principal,
    *,
    parent_id: UUID | None,
    words: str,
    after: tuple[str, UUID] | None,
    limit: int,
) -> list[UnitRow]:
    """Return open units by name: those found by `words` (name or code), else those directly under `parent_id`.

    Without a parent, the topmost that the caller may know of.
    """
    query = select(Unit).where(readable_by(principal), Unit.closed_at.is_(None))
    if words.strip():
        query = query.where(_matches(words))
    elif parent_id is not None:
        query = query.where(Unit.parent_id == parent_id)
    else:
        above = aliased(Unit)
        known = select(above.id).where(readable_by(principal, above), above.id == Unit.parent_id)
        query = query.where(~known.correlate(Unit).exists())
    if after is not None:
        query = query.where(tuple_(Unit.sort_name, Unit.id) > tuple_(*after))
    found = await session.execute(query.order_by(Unit.sort_name, Unit.id).limit(limit))
    return await _with_surroundings(session, principal, found.scalars().all())


async def unit_by_code(session: AsyncSession, code: str) -> Unit | None:
    """Find the open unit of a code; one that was merged leads to what took it over."""
    found = await session.execute(select(Unit).where(Unit.code == code))
    unit = found.scalar_one_or_none()
    while unit is not None and unit.merged_into is not None:
        unit = await session.get(Unit, unit.merged_into)
    return unit


async def memberships_of(
    session: AsyncSession, person_id: UUID, seen_by: Principal | None = None
) -> Sequence[tuple[Membership, Unit]]:
    """Return where a person belongs, the main unit first; `seen_by` keeps the units that this caller may know of.

    For verbs that already know by what right.
    """
    found = await session.execute(
        select(Membership, Unit)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(Membership.person_id == person_id, readable_by(seen_by) if seen_by else true())
        .order_by(Membership.is_main.desc(), Unit.sort_name, Unit.id)
    )
    return [(membership, unit) for membership, unit in found]


async def paths(session: AsyncSession, units: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the path of each unit."""
    found = await session.execute(select(Unit.id, Unit.path).where(Unit.id.in_(units)))
    return {unit: path for unit, path in found}  # noqa: C416 (rows are not pairs to the type checker)


async def names_along(session: AsyncSession, units: Collection[Unit]) -> dict[UUID, list[str]]:
    """Return, for each unit, the names from the root to it."""
    wanted = {above for unit in units for above in unit.path}
    found = await session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(wanted)))
    name_of = {unit: name for unit, name in found}  # noqa: C416 (as above)
    return {unit.id: [name_of[above] for above in unit.path] for unit in units}


async def lock_tree(session: AsyncSession) -> None:
    """Wait until nobody else changes the tree: paths and cycles are checked against a tree that stands still."""
    await session.execute(select(func.pg_advisory_xact_lock(_TREE)))


async def _with_surroundings(session: AsyncSession, principal: Principal, units: Sequence[Unit]) -> list[UnitRow]:
    """Join what is under each unit: of the units there, those that the caller may know of (TA-034)."""
    ids = [unit.id for unit in units]
    under = await session.execute(
        select(Unit.parent_id, func.count())
        .where(Unit.parent_id.in_(ids), Unit.closed_at.is_(None), readable_by(principal))
        .group_by(Unit.parent_id)
    )
    belong = await session.execute(
        select(Membership.unit_id, func.count()).where(Membership.unit_id.in_(ids)).group_by(Membership.unit_id)
    )
    units_of, persons_of = dict(iter(under)), dict(iter(belong))  # pyright: ignore[reportArgumentType, reportCallIssue]
    names = await names_along(session, units)
    return [UnitRow(unit, units_of.get(unit.id, 0), persons_of.get(unit.id, 0), names[unit.id]) for unit in units]


def _matches(words: str) -> ColumnElement[bool]:
    """Return "each word begins a word of the name, or they are the beginning of the code"."""
    folded = [word.replace("\\", "").replace("%", r"\%").replace("_", r"\_") for word in search_words(words)]
    in_name = and_(*((" " + Unit.sort_name).like(f"% {word}%") for word in folded)) if folded else false()
    return or_(in_name, func.starts_with(func.lower(Unit.code), words.strip().lower()))


async def units_above(session: AsyncSession, person_id: UUID) -> frozenset[UUID]:
    """Return the units of a person with all above them, for what is done in their name without a session."""
    query = select(func.unnest(Unit.path)).join(Membership, Membership.unit_id == Unit.id)
    return frozenset((await session.scalars(query.where(Membership.person_id == person_id).distinct())).all())


async def taken_over(session: AsyncSession, units: Collection[str]) -> dict[str, list[str]]:
    """Return, for each unit that stands, those of `units` that were merged into it, directly or by another."""
    rows = await session.execute(select(Unit.id, Unit.merged_into).where(Unit.merged_into.is_not(None)))
    into = {str(gone): str(receiver) for gone, receiver in rows}
    taken: dict[str, list[str]] = {}
    for unit in units:
        standing = unit
        while standing in into:
            standing = into[standing]
        if standing != unit:
            taken.setdefault(standing, []).append(unit)
    return taken
