"""The verbs on rules of inclusive writing: read the one that holds, read and set a unit's."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units import service as units
from chatelet.identity.units.tables import Unit
from chatelet.kernel import clock
from chatelet.writing.inclusion.schemas import RuleOut, UnitRuleOut
from chatelet.writing.tables import InclusiveRule
from chatelet.writing.task import Inclusive


async def holding(session: AsyncSession, unit_ids: Collection[UUID]) -> RuleOut:
    """Return the rule of the nearest of these units that has one; none of them: each writes as they wish."""
    query = select(InclusiveRule.rule, Unit).join(Unit, Unit.id == InclusiveRule.unit_id)
    found = (await session.execute(query.where(InclusiveRule.unit_id.in_(unit_ids)))).all()
    if not found:
        return RuleOut(rule=Inclusive.NONE, unit_id=None, unit_name=None)
    rule, unit = max(found, key=lambda one: (len(one[1].path), str(one[1].id)))
    return RuleOut(rule=Inclusive(rule), unit_id=unit.id, unit_name=unit.name)


async def of_unit(session: AsyncSession, principal: Principal, unit_id: UUID) -> UnitRuleOut:
    """Return what a unit decided, and what holds in it otherwise. Raises `UnitNotFound`, `Forbidden`."""
    unit = await units.access(session, principal, unit_id, Right.UNITS_MANAGE)
    return await _shown(session, unit)


async def set_rule(session: AsyncSession, principal: Principal, unit_id: UUID, rule: Inclusive | None) -> UnitRuleOut:
    """Set the rule of a unit, or leave it to those above. Raises `UnitNotFound`, `Forbidden`."""
    unit = await units.access(session, principal, unit_id, Right.UNITS_MANAGE)
    row = await session.get(InclusiveRule, unit.id, with_for_update=True)
    if rule is None and row is not None:
        await session.delete(row)
    elif rule is not None and row is None:
        session.add(InclusiveRule(unit_id=unit.id, rule=rule.value, set_at=clock.now()))
    elif rule is not None and row is not None:
        row.rule, row.set_at = rule.value, clock.now()
    await session.flush()
    event = events.InclusiveRuleSet(unit_id=unit.id, rule=rule.value if rule else None)
    await journal.record(session, event, actor=principal.person_id)
    return await _shown(session, unit)


async def _shown(session: AsyncSession, unit: Unit) -> UnitRuleOut:
    row = await session.get(InclusiveRule, unit.id)
    above = await holding(session, unit.path[:-1])
    return UnitRuleOut(rule=Inclusive(row.rule) if row else None, above=above)
