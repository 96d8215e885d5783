"""The verbs on retention: an administrator sets a rule or lifts it, a person chooses a shorter time."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units import service as units
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.retention import lasting, queries
from chatelet.policy.retention.errors import (
    RetentionNotHere,
    RetentionOutOfBounds,
    RetentionRuleNotFound,
    RetentionTooLong,
)
from chatelet.policy.retention.kinds import BOUNDS, Kind
from chatelet.policy.retention.schemas import (
    NewRetentionRule,
    OwnRetention,
    OwnRetentionList,
    RetentionChoiceIn,
    RetentionKind,
    RetentionMatrix,
    RetentionRuleOut,
)
from chatelet.policy.retention.tables import RetentionChoice, RetentionRule

_TOLD: Final = 50  # versions of one kind that the matrix shows


async def matrix(session: AsyncSession) -> RetentionMatrix:
    """Return every kind with its rules and what they were before."""
    rows = await queries.rules(session)
    return RetentionMatrix(items=[_line(kind, rows) for kind in Kind])


async def set_rule(session: AsyncSession, principal: Principal, new: NewRetentionRule) -> RetentionMatrix:
    """Set a duration; what it replaces is kept as history.

    Raises `RetentionOutOfBounds`, `RetentionNotHere`, `RetentionTooLong`, `UnitNotFound`, `UnitClosed`, `Forbidden`.
    """
    units.check(principal, Right.PRIVACY_MANAGE)
    bounds = BOUNDS[new.kind]
    if not bounds.least <= new.days <= bounds.most:
        raise RetentionOutOfBounds(least=bounds.least, most=bounds.most)
    if new.unit_id is not None:
        await _check_unit(session, principal, new.kind, new.unit_id, new.days)
    before = await queries.current(session, new.unit_id, new.kind)
    if before is None or before.days != new.days:
        await _replace(session, principal, new, before)
    return await matrix(session)


async def lift_rule(session: AsyncSession, principal: Principal, rule_id: UUID) -> None:
    """Lift a rule: what is above holds again. Raises `RetentionRuleNotFound`."""
    units.check(principal, Right.PRIVACY_MANAGE)
    row = await queries.rule(session, rule_id)
    if row is None:
        raise RetentionRuleNotFound
    row.replaced_at = clock.now()
    lifted = events.RetentionLifted(rule_id=row.id, kind=row.kind, unit_id=row.unit_id, before=row.days)
    await journal.record(session, lifted, actor=principal.person_id)


async def own(session: AsyncSession, principal: Principal) -> OwnRetentionList:
    """Return what holds for the caller."""
    found = await lasting.all_of(session, principal.person_id)
    return OwnRetentionList(
        items=[
            OwnRetention(
                kind=kind,
                days=one.days,
                ceiling=one.ceiling,
                chosen=one.chosen,
                least=BOUNDS[kind].least if BOUNDS[kind].of_persons else None,
            )
            for kind, one in found.items()
        ]
    )


async def choose(session: AsyncSession, principal: Principal, wanted: RetentionChoiceIn) -> OwnRetentionList:
    """Shorten one's own time, or go back to the institution's. Raises `RetentionNotHere`, `RetentionTooLong`."""
    bounds, person_id = BOUNDS[wanted.kind], principal.person_id
    if not bounds.of_persons:
        raise RetentionNotHere(kind=wanted.kind)
    before = (await lasting.all_of(session, person_id))[wanted.kind]
    if wanted.days is not None and before.ceiling is not None and wanted.days > before.ceiling:
        raise RetentionTooLong(most=before.ceiling)
    if wanted.days is None:
        mine = (RetentionChoice.person_id == person_id, RetentionChoice.kind == wanted.kind)
        await session.execute(delete(RetentionChoice).where(*mine))
    else:
        made = {"days": wanted.days, "chosen_at": clock.now()}
        chosen = insert(RetentionChoice).values(person_id=person_id, kind=wanted.kind, **made)
        await session.execute(chosen.on_conflict_do_update(index_elements=["person_id", "kind"], set_=made))
    event = events.RetentionChosen(person_id=person_id, kind=wanted.kind, before=before.chosen, after=wanted.days)
    await journal.record(session, event, actor=person_id)
    return await own(session, principal)


async def _check_unit(session: AsyncSession, principal: Principal, kind: Kind, unit_id: UUID, days: int) -> None:
    if not BOUNDS[kind].of_units:
        raise RetentionNotHere(kind=kind)
    unit = await units.access(session, principal, unit_id)
    ceiling = await lasting.above(session, kind, [one for one in unit.path if one != unit_id])
    if ceiling is not None and days > ceiling:
        raise RetentionTooLong(most=ceiling)


async def _replace(
    session: AsyncSession, principal: Principal, new: NewRetentionRule, before: RetentionRule | None
) -> None:
    moment = clock.now()
    if before is not None:
        before.replaced_at = moment
        await session.flush()
    row = RetentionRule(
        id=uuid7(),
        unit_id=new.unit_id,
        kind=new.kind.value,
        days=new.days,
        version=before.version + 1 if before else 1,
        set_by=principal.person_id,
        set_at=moment,
    )
    session.add(row)
    await session.flush()
    told = events.RetentionSet(
        rule_id=row.id,
        kind=row.kind,
        unit_id=row.unit_id,
        before=before.days if before else None,
        after=row.days,
        version=row.version,
    )
    await journal.record(session, told, actor=principal.person_id)


def _line(kind: Kind, rows: Sequence[queries.RuleRow]) -> RetentionKind:
    bounds = BOUNDS[kind]
    mine = [_shown(row) for row in rows if row.rule.kind == kind]
    now = [one for one in mine if one.replaced_at is None]
    whole = next((one.days for one in now if one.unit_id is None), bounds.default)
    return RetentionKind(
        kind=kind,
        days=whole,
        default=bounds.default,
        least=bounds.least,
        most=bounds.most,
        of_units=bounds.of_units,
        rules=now,
        history=[one for one in mine if one.replaced_at is not None][:_TOLD],
    )


def _shown(row: queries.RuleRow) -> RetentionRuleOut:
    rule = row.rule
    return RetentionRuleOut(
        id=rule.id,
        kind=Kind(rule.kind),
        unit_id=rule.unit_id,
        unit_name=row.unit_name,
        days=rule.days,
        version=rule.version,
        set_by=row.set_by,
        set_at=rule.set_at,
        replaced_at=rule.replaced_at,
    )
