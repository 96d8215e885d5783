"""Reads and writes of acts and their lines. An act is its maker's, and seen by administrators."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Text, bindparam, delete, func, insert, literal, or_, select, update
from sqlalchemy import cast as as_type
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.acts.choosing import Change, movable, reason
from chatelet.identity.acts.doing import Before
from chatelet.identity.acts.schemas import Reason
from chatelet.identity.acts.tables import PersonAct, PersonActLine
from chatelet.identity.principal import Principal
from chatelet.identity.queries import Wanted, found, readable_by
from chatelet.identity.roles.tables import Role
from chatelet.identity.tables import Person
from chatelet.identity.units.queries import readable_by as units_readable_by
from chatelet.identity.units.tables import Unit

_SHOWN = 20


class Chosen(NamedTuple):
    """Persons of one reason: how many, and a mark that changes with who they are."""

    reason: str | None
    persons: int
    mark: int


async def chosen(session: AsyncSession, principal: Principal, wanted: Wanted, change: Change) -> list[Chosen]:
    """Count those found by why they are left out; none: they are acted on."""
    why = reason(principal, change).label("why")
    one = select(Person.id, why).where(*found(principal, wanted)).subquery()
    mark = func.bit_xor(func.hashtextextended(as_type(one.c.id, Text), as_type(0, BigInteger)))
    rows = await session.execute(select(one.c.why, func.count(), mark).group_by(one.c.why))
    return [Chosen(*row) for row in rows]


async def sample(
    session: AsyncSession, principal: Principal, wanted: Wanted, change: Change, why: str | None
) -> list[UUID]:
    """Return the first by name of those left out for a reason, or acted on."""
    told = reason(principal, change).is_not_distinct_from(why)
    ordered = select(Person.id).where(*found(principal, wanted), told).order_by(Person.sort_name, Person.id)
    return list(await session.scalars(ordered.limit(_SHOWN)))


async def write_lines(
    session: AsyncSession, principal: Principal, wanted: Wanted, change: Change, act_id: UUID
) -> None:
    """Write a line for each person to act on."""
    why = reason(principal, change)
    persons = select(literal(act_id), Person.id, literal("waiting", Text)).where(
        *found(principal, wanted), why.is_(None)
    )
    await session.execute(insert(PersonActLine).from_select(["act_id", "person_id", "result"], persons))


async def reasons(
    session: AsyncSession, principal: Principal, change: Change, persons: Collection[UUID]
) -> dict[UUID, tuple[Reason | None, bool]]:
    """Return, for those whom the caller still sees, why they are left out, and whether they may be moved."""
    query = select(Person.id, reason(principal, change), movable(principal))
    rows = await session.execute(query.where(Person.id.in_(persons), readable_by(principal)))
    return {person: (why, moves) for person, why, moves in rows}  # pyright: ignore[reportReturnType]


async def act(session: AsyncSession, principal: Principal, act_id: UUID, *, locked: bool = False) -> PersonAct | None:
    """Return an act of the caller's, or any to an administrator."""
    query = select(PersonAct).where(PersonAct.id == act_id, _own(principal))
    return (await session.scalars(query.with_for_update() if locked else query)).one_or_none()


async def latest(session: AsyncSession, principal: Principal) -> Sequence[PersonAct]:
    """Return the caller's own latest acts."""
    own = select(PersonAct).where(PersonAct.made_by == principal.person_id)
    return (await session.scalars(own.order_by(PersonAct.id.desc()).limit(_SHOWN))).all()


async def locked(session: AsyncSession, act_id: UUID) -> PersonAct | None:
    """Return an act, locked. For the job, which knows by what right."""
    return (await session.scalars(select(PersonAct).where(PersonAct.id == act_id).with_for_update())).one_or_none()


async def batch(session: AsyncSession, act_id: UUID, result: str, limit: int) -> list[tuple[UUID, Before]]:
    """Return the next lines of a result, with what was before."""
    query = select(PersonActLine.person_id, PersonActLine.before).where(
        PersonActLine.act_id == act_id, PersonActLine.result == result
    )
    rows = await session.execute(query.order_by(PersonActLine.person_id).limit(limit))
    return [(person, before or {}) for person, before in rows]


async def note(session: AsyncSession, act_id: UUID, results: dict[UUID, tuple[str, Before | None]]) -> None:
    """Write what came of these lines; `before` is left as it is when none is told."""
    if not results:
        return
    line = (
        update(PersonActLine.__table__)  # pyright: ignore[reportArgumentType]
        .where(PersonActLine.act_id == act_id, PersonActLine.person_id == bindparam("who"))
        .values(
            result=bindparam("came"),
            before=func.coalesce(bindparam("was", type_=JSONB(none_as_null=True)), PersonActLine.before),
        )
    )
    told = [{"who": person, "came": came, "was": was} for person, (came, was) in results.items()]
    connection = await session.connection()
    await connection.execute(line, told)


async def refusals(session: AsyncSession, principal: Principal, act_id: UUID) -> list[tuple[UUID, str, str]]:
    """Return the first persons, still seen by the caller, for whom it was not done or not undone."""
    query = (
        select(Person.id, Person.name, PersonActLine.result)
        .join(PersonActLine, PersonActLine.person_id == Person.id)
        .where(
            PersonActLine.act_id == act_id,
            PersonActLine.result.not_in(["waiting", "done", "undone"]),
            readable_by(principal),
        )
        .order_by(Person.sort_name, Person.id)
        .limit(_SHOWN)
    )
    return [(person, name, why) for person, name, why in await session.execute(query)]


async def about(session: AsyncSession, principal: Principal, act: PersonAct) -> tuple[Unit | None, Role | None]:
    """Return the unit and the role of an act, while they exist; the unit where the caller may know of it."""
    unit = role = None
    if act.unit_id is not None:
        unit = await session.scalar(select(Unit).where(Unit.id == act.unit_id, units_readable_by(principal)))
    if act.role_id is not None:
        role = await session.get(Role, act.role_id)
    return unit, role


async def purge(session: AsyncSession, before: datetime) -> int:
    """Delete acts made before a moment, with their lines; return how many."""
    gone = delete(PersonAct).where(PersonAct.created_at < before).returning(PersonAct.id)
    return len((await session.execute(gone)).all())


def _own(principal: Principal) -> ColumnElement[bool]:
    own = PersonAct.made_by == principal.person_id
    return or_(own, literal(principal.is_administrator))
