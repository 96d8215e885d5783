"""Reads of quotas: all of them for the rules in memory, and those that a caller may see."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.finding import says
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.tables import Person
from chatelet.identity.units.tables import Unit
from chatelet.kernel.paging import Cursor, Order
from chatelet.policy.quotas.amounts import Measure, Period
from chatelet.policy.quotas.rules import Rule
from chatelet.policy.quotas.schemas import QuotaOrder
from chatelet.policy.quotas.tables import QuotaRule

_DIGITS: Final = 19  # of the largest amount that its column holds
# Amounts compare within one measure and one period: so many tokens are neither more nor less than so many euros.
_KEYS: Final[dict[str, ColumnElement[Any]]] = {
    "holder": func.coalesce(Person.sort_name, Unit.sort_name, ""),
    "model": func.coalesce(QuotaRule.model_id, ""),
    "amount": func.concat_ws(
        " ", QuotaRule.measure, QuotaRule.period, func.lpad(cast(QuotaRule.amount, Text), _DIGITS, "0")
    ),
    "mode": QuotaRule.mode.expression,
}


class QuotaRow(NamedTuple):
    """A quota with the names that lists show."""

    rule: QuotaRule
    unit_name: str | None
    unit_path: list[UUID] | None
    person_name: str | None
    place: str = ""


async def all_rules(session: AsyncSession) -> list[Rule]:
    """Return every quota as the rules in memory hold it."""
    found = await session.execute(
        select(QuotaRule, func.coalesce(func.cardinality(Unit.path), 0)).outerjoin(Unit, Unit.id == QuotaRule.unit_id)
    )
    return [rule_of(row, depth) for row, depth in found]


def rule_of(row: QuotaRule, depth: int = 0) -> Rule:
    """Return a row as a rule."""
    return Rule(
        id=row.id,
        holder=row.holder,  # pyright: ignore[reportArgumentType] (a closed set, checked by the table)
        unit_id=row.unit_id,
        person_id=row.person_id,
        key_id=row.key_id,
        model_id=row.model_id,
        measure=Measure(row.measure),
        period=Period(row.period),
        amount=row.amount,
        mode=row.mode,  # pyright: ignore[reportArgumentType] (as above)
        smaller_model=row.smaller_model,
        depth=depth,
    )


def readable_by(principal: Principal) -> ColumnElement[bool]:
    """Return the condition on a quota: one manages quotas on its unit, or everywhere."""
    reach = principal.rights.reach(Right.QUOTAS_MANAGE)
    return true() if reach is None else Unit.path.overlap(sorted(reach))


async def quotas(
    session: AsyncSession, principal: Principal, words: str, order: QuotaOrder, *, after: Cursor | None, limit: int
) -> Sequence[QuotaRow]:
    """Return a page of the quotas that the caller manages, those of everybody first when ordered by whom they limit.

    All, or those that `words` tell; each with its place, to go on after it.
    """
    told = (Unit.sort_name, Unit.code, Person.sort_name, Person.email, QuotaRule.model_id)
    query = _rows().where(readable_by(principal), says(words, *told))
    paged = Order(_KEYS[order.removeprefix("-")], QuotaRule.id.expression, order.startswith("-"))
    return [QuotaRow(*row) for row in await session.execute(paged.page(query, after=after, limit=limit))]


async def quota(session: AsyncSession, principal: Principal, quota_id: UUID) -> QuotaRow | None:
    """Return a quota that the caller manages, locked."""
    found = await session.execute(
        _rows().where(QuotaRule.id == quota_id, readable_by(principal)).with_for_update(of=QuotaRule)
    )
    row = found.one_or_none()
    return QuotaRow(*row) if row else None


async def twin(session: AsyncSession, new: QuotaRule) -> bool:
    """Tell whether a quota counts the same thing for the same holder."""
    same = [
        QuotaRule.holder == new.holder,
        QuotaRule.measure == new.measure,
        QuotaRule.period == new.period,
        *(
            getattr(QuotaRule, name).is_not_distinct_from(getattr(new, name))
            for name in ("unit_id", "person_id", "key_id", "model_id")
        ),
    ]
    return await session.scalar(select(QuotaRule.id).where(*same)) is not None


async def of_person(session: AsyncSession, person_id: UUID) -> Sequence[QuotaRule]:
    """Return the quotas set for one person."""
    found = await session.execute(select(QuotaRule).where(or_(QuotaRule.person_id == person_id)))
    return found.scalars().all()


def _rows():
    return (
        select(QuotaRule, Unit.name, Unit.path, Person.name)
        .outerjoin(Unit, Unit.id == QuotaRule.unit_id)
        .outerjoin(Person, Person.id == QuotaRule.person_id)
    )
