"""Reads of the rules of retention. All are the institution's: whoever may set one reads them all."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.tables import Person
from chatelet.identity.units.tables import Unit
from chatelet.policy.retention.tables import RetentionChoice, RetentionRule


class RuleRow(NamedTuple):
    """A rule with the names that lists show."""

    rule: RetentionRule
    unit_name: str | None
    set_by: str | None


async def rules(session: AsyncSession) -> Sequence[RuleRow]:
    """Return every version of every rule, the newest first."""
    found = await session.execute(
        select(RetentionRule, Unit.name, Person.name)
        .outerjoin(Unit, Unit.id == RetentionRule.unit_id)
        .outerjoin(Person, Person.id == RetentionRule.set_by)
        .order_by(RetentionRule.id.desc())
    )
    return [RuleRow(*row) for row in found]


async def current(session: AsyncSession, unit_id: UUID | None, kind: str) -> RetentionRule | None:
    """Return the rule that holds on a unit (or the institution) for a kind, locked."""
    return await session.scalar(
        select(RetentionRule)
        .where(
            RetentionRule.unit_id.is_not_distinct_from(unit_id),
            RetentionRule.kind == kind,
            RetentionRule.replaced_at.is_(None),
        )
        .with_for_update()
    )


async def rule(session: AsyncSession, rule_id: UUID) -> RetentionRule | None:
    """Return a rule that still holds, locked."""
    return await session.scalar(
        select(RetentionRule).where(RetentionRule.id == rule_id, RetentionRule.replaced_at.is_(None)).with_for_update()
    )


async def choices(session: AsyncSession, person_id: UUID) -> Sequence[RetentionChoice]:
    """Return a person's own durations."""
    found = select(RetentionChoice).where(RetentionChoice.person_id == person_id).order_by(RetentionChoice.kind)
    return (await session.scalars(found)).all()
