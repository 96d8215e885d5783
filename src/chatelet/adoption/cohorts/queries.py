"""Reads of waves and volunteers. Each starts from where the caller manages waves, or from a secret's hash."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from chatelet.adoption.cohorts.schemas import CohortOrder, VolunteerOrder
from chatelet.adoption.cohorts.tables import Cohort, Volunteer
from chatelet.identity.finding import folded, says
from chatelet.identity.names import fold_email, sort_key
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units.tables import Unit
from chatelet.kernel.paging import Cursor, Order

MEMBERS = ("chosen", "invited", "activated")


class CohortRow(NamedTuple):
    """A wave with its counts."""

    cohort: Cohort
    unit_name: str | None
    members: int
    invited: int
    activated: int
    place: str = ""
    """What the list is ordered by, to go on after this wave."""


def managed(principal: Principal, unit_id: "InstrumentedAttribute[UUID | None]") -> ColumnElement[bool]:
    """Return the condition that every read by a caller carries: they manage waves on this unit (none: everywhere)."""
    reach = principal.rights.reach(Right.WAVES_MANAGE)
    if reach is None:
        return true()
    own = aliased(Unit)
    return exists().where(own.id == unit_id, own.path.overlap(sorted(reach)))


async def cohorts(
    session: AsyncSession,
    principal: Principal,
    words: str,
    order: CohortOrder,
    *,
    states: Sequence[str] | None,
    after: Cursor | None,
    limit: int,
) -> list[CohortRow]:
    """Return a page of the waves that the caller manages: all, or those in these states that words tell."""
    name = folded(Cohort.name)
    query = _cohorts().where(managed(principal, Cohort.unit_id), says(words, name, Cohort.name, Unit.sort_name))
    if states:
        query = query.where(Cohort.state.in_(states))
    keys: dict[str, ColumnElement[Any]] = {
        "name": name,
        "unit": func.coalesce(Unit.sort_name, ""),
        "state": case({"prepared": 0, "open": 1}, value=Cohort.state, else_=2),
        "opens": Cohort.opens_on.expression,
        "members": _counted(*MEMBERS),
        "activated": _counted("activated"),
    }
    paged = Order(keys[order.removeprefix("-")], Cohort.id.expression, order.startswith("-"))
    return [CohortRow(*row) for row in await session.execute(paged.page(query, after=after, limit=limit))]


async def cohort_row(session: AsyncSession, cohort_id: UUID) -> CohortRow:
    """Return a wave already found manageable, with its counts."""
    found = await session.execute(_cohorts().where(Cohort.id == cohort_id))
    return CohortRow(*found.one())


async def cohort(session: AsyncSession, principal: Principal, cohort_id: UUID) -> Cohort | None:
    """Return a wave that the caller manages, locked: places are counted under this lock."""
    query = select(Cohort).where(Cohort.id == cohort_id, managed(principal, Cohort.unit_id))
    return (await session.execute(query.with_for_update())).scalar_one_or_none()


async def locked_cohort(session: AsyncSession, cohort_id: UUID) -> Cohort:
    """Return a wave, locked, as it is now. For activations, whose secret was found."""
    query = select(Cohort).where(Cohort.id == cohort_id).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one()


async def count(session: AsyncSession, cohort_id: UUID, states: Sequence[str]) -> int:
    """Return how many volunteers of a wave are in one of these states."""
    query = select(func.count()).where(Volunteer.cohort_id == cohort_id, Volunteer.state.in_(states))
    return await session.scalar(query) or 0


async def volunteers(
    session: AsyncSession,
    principal: Principal,
    wanted: "Wanted",
    *,
    after: Cursor | None,
    limit: int,
) -> tuple[Sequence[tuple[Volunteer, str | None, str]], int]:
    """Return a page of volunteers, with the name of their unit and their place in the list; and how many in all."""
    conditions = [managed(principal, Volunteer.unit_id), *wanted.conditions()]
    total = await session.scalar(select(func.count()).select_from(Volunteer).where(*conditions)) or 0
    query = select(Volunteer, Unit.name).outerjoin(Unit, Unit.id == Volunteer.unit_id).where(*conditions)
    keys: dict[str, ColumnElement[Any]] = {
        "registered": Volunteer.registered_at.expression,
        "name": folded(Volunteer.name),
        "unit": func.coalesce(Unit.sort_name, ""),
        "state": Volunteer.state.expression,
    }
    order = Order(keys[wanted.order.removeprefix("-")], Volunteer.id.expression, wanted.order.startswith("-"))
    found = await session.execute(order.page(query, after=after, limit=limit))
    return [(volunteer, name, place) for volunteer, name, place in found], total


class Wanted(NamedTuple):
    """Which volunteers a list shows, in which order."""

    states: tuple[str, ...] = ()
    cohort_id: UUID | None = None
    unit_id: UUID | None = None
    words: str = ""
    order: VolunteerOrder = "registered"

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return them as conditions on `Volunteer`."""
        told: list[ColumnElement[bool]] = []
        if self.states:
            told.append(Volunteer.state.in_(self.states))
        if self.cohort_id is not None:
            told.append(Volunteer.cohort_id == self.cohort_id)
        if self.unit_id is not None:
            told.append(under(self.unit_id))
        for word in self.words.split()[:5]:
            named = func.lower(Volunteer.name).contains(word.lower(), autoescape=True)
            told.append(or_(named, Volunteer.email.contains(word.lower(), autoescape=True)))
        return told


def under(unit_id: UUID) -> ColumnElement[bool]:
    """Return the condition on `Volunteer`: of this unit, or of one under it."""
    own = aliased(Unit)
    return exists().where(own.id == Volunteer.unit_id, own.path.contains([unit_id]))


async def locked_volunteers(
    session: AsyncSession, principal: Principal, ids: Collection[UUID], states: Sequence[str]
) -> list[Volunteer]:
    """Return those of `ids` that the caller manages and that are in one of `states`, locked in one order."""
    query = select(Volunteer).where(
        Volunteer.id.in_(ids), Volunteer.state.in_(states), managed(principal, Volunteer.unit_id)
    )
    return list((await session.execute(query.order_by(Volunteer.id).with_for_update())).scalars())


async def pending_members(session: AsyncSession, cohort_id: UUID) -> list[tuple[Volunteer, str | None]]:
    """Return the members of a wave who have not opened their account, locked, with the name of their unit."""
    query = (
        select(Volunteer, Unit.name)
        .outerjoin(Unit, Unit.id == Volunteer.unit_id)
        .where(Volunteer.cohort_id == cohort_id, Volunteer.state.in_(("chosen", "invited")))
        .order_by(Volunteer.id)
    )
    found = await session.execute(query.with_for_update(of=Volunteer))
    return [(volunteer, name) for volunteer, name in found]


async def by_code(session: AsyncSession, code_hash: bytes) -> Volunteer | None:
    """Find whose code it is."""
    return (await session.execute(select(Volunteer).where(Volunteer.code_hash == code_hash))).scalar_one_or_none()


async def by_token(session: AsyncSession, token_hash: bytes) -> Volunteer | None:
    """Find whose link it is."""
    return (await session.execute(select(Volunteer).where(Volunteer.token_hash == token_hash))).scalar_one_or_none()


async def by_email(session: AsyncSession, email: str) -> Volunteer | None:
    """Find who registered with an address."""
    query = select(Volunteer).where(Volunteer.email == fold_email(email))
    return (await session.execute(query)).scalar_one_or_none()


async def locked_volunteer(session: AsyncSession, volunteer_id: UUID) -> Volunteer | None:
    """Return a volunteer, locked, as they are now."""
    query = select(Volunteer).where(Volunteer.id == volunteer_id).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


async def units_told(session: AsyncSession, told: Collection[str]) -> dict[str, UUID]:
    """Return the open unit that each text names, by its code or, when only one has it, by its name."""
    wanted = {text: sort_key(text) for text in told if text.strip()}
    codes = [text.strip() for text in wanted]
    query = select(Unit.id, Unit.code, Unit.sort_name).where(
        Unit.closed_at.is_(None), or_(Unit.code.in_(codes), Unit.sort_name.in_(wanted.values()))
    )
    found = (await session.execute(query)).all()
    by_code = {code: unit for unit, code, _ in found}
    by_name: dict[str, list[UUID]] = {}
    for unit, _, name in found:
        by_name.setdefault(name, []).append(unit)
    named = {text: by_code.get(text.strip()) or _only(by_name.get(key, [])) for text, key in wanted.items()}
    return {text: unit for text, unit in named.items() if unit is not None}


def _only(units: list[UUID]) -> UUID | None:
    return units[0] if len(units) == 1 else None


def _cohorts() -> Select[Cohort, str, int, int, int]:
    return select(
        Cohort, Unit.name, _counted(*MEMBERS), _counted("invited", "activated"), _counted("activated")
    ).outerjoin(Unit, Unit.id == Cohort.unit_id)


def _counted(*states: str) -> ColumnElement[int]:
    query = select(func.count()).where(Volunteer.cohort_id == Cohort.id, Volunteer.state.in_(states))
    return query.correlate(Cohort).scalar_subquery()
