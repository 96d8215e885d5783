"""Reads of glossaries. Each starts from `usable_by`: one's own, and those of the units one belongs to."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.principal import Principal
from chatelet.identity.units.tables import Unit
from chatelet.writing.tables import Glossary


def usable_by(principal: Principal) -> ColumnElement[bool]:
    """Return the condition that every read carries."""
    return or_(Glossary.person_id == principal.person_id, Glossary.unit_id.in_(principal.units))


async def glossaries(
    session: AsyncSession, principal: Principal, ids: Collection[UUID] | None = None
) -> Sequence[tuple[Glossary, Unit | None]]:
    """Return glossaries with their unit; those of `ids` only, when given."""
    query = select(Glossary, Unit).outerjoin(Unit, Unit.id == Glossary.unit_id).where(usable_by(principal))
    if ids is not None:
        query = query.where(Glossary.id.in_(ids))
    return [(row, unit) for row, unit in (await session.execute(query.order_by(Glossary.id))).all()]


async def locked(session: AsyncSession, principal: Principal, glossary_id: UUID) -> Glossary | None:
    """Return a glossary that changes now."""
    query = select(Glossary).where(Glossary.id == glossary_id, usable_by(principal))
    return await session.scalar(query.with_for_update())


async def by_id(session: AsyncSession, glossary_id: UUID) -> Glossary | None:
    """Return a glossary, for jobs that already know by what right."""
    return await session.get(Glossary, glossary_id)


async def by_default(
    session: AsyncSession, person_id: UUID, units: Collection[UUID], source: str, target: str
) -> Sequence[Glossary]:
    """Return what is used by default between two languages: a person's own first, then their units'."""
    query = select(Glossary).where(
        Glossary.by_default,
        Glossary.source == source,
        Glossary.target == target,
        or_(Glossary.person_id == person_id, Glossary.unit_id.in_(units)),
    )
    return (await session.scalars(query.order_by(Glossary.person_id.is_(None), Glossary.id))).all()


async def of_person(session: AsyncSession, person_id: UUID) -> Sequence[Glossary]:
    """Return a person's own."""
    return (await session.scalars(select(Glossary).where(Glossary.person_id == person_id))).all()
