"""The verbs on quotas: set one, change it, lift it, and tell a person what is left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import changes, events, journal
from chatelet.identity import service as persons
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units import service as units
from chatelet.kernel.clock import now
from chatelet.kernel.database import Executor
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.notifications import notify
from chatelet.kernel.paging import page_of, read_cursor
from chatelet.policy.quotas import holding, queries
from chatelet.policy.quotas.amounts import Measure, reopens, starts, zone
from chatelet.policy.quotas.errors import QuotaExists, QuotaInvalid, QuotaNotFound
from chatelet.policy.quotas.rules import QUOTAS_CHANNEL, Applied, QuotaRules
from chatelet.policy.quotas.schemas import (
    AllowanceList,
    AllowanceOut,
    HolderName,
    MeasureName,
    ModeName,
    NewQuota,
    PeriodName,
    QuotaChange,
    QuotaList,
    QuotaOrder,
    QuotaOut,
)
from chatelet.policy.quotas.tables import QuotaRule

_TOLD: Final = ("amount", "mode", "smaller_model")
_SCALE: Final = {"requests": 1, "tokens": 1, "euros": 1_000_000, "gco2e": 1_000}
_STORED: Final = {"requests": "requests", "tokens": "tokens", "euros": "microeuros", "gco2e": "mgco2e"}
_SHOWN: Final = {stored: shown for shown, stored in _STORED.items()}


@dataclass(frozen=True, slots=True)
class Quotas:
    """The rules of this process, and where the institution is."""

    rules: QuotaRules
    time_zone: str

    async def refresh(self, session: AsyncSession) -> None:
        """Read the rules again."""
        self.rules.replace(await queries.all_rules(session))


async def list_quotas(
    session: AsyncSession,
    principal: Principal,
    quotas: Quotas,
    words: str,
    order: QuotaOrder,
    *,
    cursor: str | None,
    limit: int,
) -> QuotaList:
    """Return a page of the quotas that the caller manages, with what is used of the totals."""
    after = read_cursor(cursor) if cursor else None
    found = await queries.quotas(session, principal, words, order, after=after, limit=limit + 1)
    rows, following = page_of(found, limit, lambda row: (row.place, row.rule.id))
    totals = {row.rule.id: _total(row.rule) for row in rows if row.rule.holder != "each_person"}
    used = await holding.used_by(session, list(totals.values()), now(), zone(quotas.time_zone)) if totals else {}
    return QuotaList(
        items=[_shown(row, used[totals[row.rule.id]] if row.rule.id in totals else None) for row in rows],
        next_cursor=following,
    )


async def set_quota(session: AsyncSession, principal: Principal, new: NewQuota) -> QuotaOut:
    """Set a quota. Raises `QuotaInvalid`, `QuotaExists`, `UnitNotFound`, `PersonNotFound`, `Forbidden`."""
    _check(new)
    await _check_reach(session, principal, new)
    moment = now()
    row = QuotaRule(
        id=uuid7(),
        holder=new.holder,
        unit_id=new.unit_id,
        person_id=new.person_id,
        key_id=new.key_id,
        model_id=new.model_id,
        measure=_STORED[new.measure],
        period=new.period,
        amount=_stored_amount(new.measure, new.amount),
        mode=new.mode,
        smaller_model=new.smaller_model,
        created_at=moment,
        updated_at=moment,
    )
    if await queries.twin(session, row):
        raise QuotaExists
    session.add(row)
    await session.flush()
    event = events.QuotaSet(
        quota_id=row.id, holder=row.holder, unit_id=row.unit_id, measure=row.measure, period=row.period,
        after=row.amount, mode=row.mode, model=row.model_id,
    )  # fmt: skip
    await _changed(session, principal, event)
    return await _one(session, principal, row.id)


async def change_quota(session: AsyncSession, principal: Principal, quota_id: UUID, change: QuotaChange) -> QuotaOut:
    """Change the amount or what happens at its end. Raises `QuotaNotFound`, `QuotaInvalid`."""
    found = await queries.quota(session, principal, quota_id)
    if found is None:
        raise QuotaNotFound
    row, before = found.rule, found.rule.amount
    told = changes.seen(row, _TOLD)
    if change.amount is not None:
        row.amount = _stored_amount(_SHOWN[row.measure], change.amount)
    if change.mode is not None:
        row.mode = change.mode
    row.smaller_model = (change.smaller_model or row.smaller_model) if row.mode == "degrade" else None
    if row.mode == "degrade" and row.smaller_model is None:
        raise QuotaInvalid(field="smaller_model")
    row.updated_at = now()
    await session.flush()
    event = events.QuotaSet(
        quota_id=row.id, holder=row.holder, unit_id=row.unit_id, measure=row.measure, period=row.period,
        before=before, after=row.amount, mode=row.mode, model=row.model_id,
        values=changes.between(told, changes.seen(row, _TOLD), codes=_TOLD),
    )  # fmt: skip
    await _changed(session, principal, event)
    return await _one(session, principal, row.id)


async def lift_quota(session: AsyncSession, principal: Principal, quota_id: UUID) -> None:
    """Lift a quota: nothing is limited by it any more. Raises `QuotaNotFound`."""
    found = await queries.quota(session, principal, quota_id)
    if found is None:
        raise QuotaNotFound
    await session.delete(found.rule)
    await session.flush()
    await _changed(session, principal, events.QuotaLifted(quota_id=quota_id, before=found.rule.amount))


async def allowances(
    executor: Executor, principal: Principal, quotas: Quotas, *, key_id: UUID | None = None
) -> AllowanceList:
    """Return what is left to the caller, the nearest to its end first."""
    applied = quotas.rules.applying(principal, None, key_id)
    if not applied:
        return AllowanceList(items=[])
    moment, place = now(), zone(quotas.time_zone)
    used = await holding.used_by(executor, applied, moment, place)
    shown = [_allowance(one, used[one], moment, quotas) for one in applied]
    return AllowanceList(items=sorted(shown, key=lambda one: one.left / one.amount))


def _check(new: NewQuota) -> None:
    """Refuse what does not hold together, naming the field."""
    named = {"unit": new.unit_id, "key": new.key_id}
    wrong = (
        "unit_id" if new.holder == "unit" and named["unit"] is None
        else "key_id" if (new.holder == "key") != (named["key"] is not None)
        else "person_id" if new.person_id is not None and new.holder != "each_person"
        else "smaller_model" if (new.mode == "degrade") != (new.smaller_model is not None)
        else "smaller_model" if new.smaller_model is not None and new.smaller_model == new.model_id
        else None
    )  # fmt: skip
    if wrong is not None:
        raise QuotaInvalid(field=wrong)


async def _check_reach(session: AsyncSession, principal: Principal, new: NewQuota) -> None:
    """Check the right on the unit of a quota; without unit it concerns everybody, and takes the right everywhere."""
    if new.unit_id is not None:
        await units.access(session, principal, new.unit_id, Right.QUOTAS_MANAGE)
    else:
        units.check(principal, Right.QUOTAS_MANAGE)
    if new.person_id is not None:
        await persons.check_known(session, principal, new.person_id)


async def _changed(session: AsyncSession, principal: Principal, event: "events.QuotaSet | events.QuotaLifted") -> None:
    await journal.record(session, event, actor=principal.person_id)
    await notify(session, QUOTAS_CHANNEL, "changed")


async def _one(session: AsyncSession, principal: Principal, quota_id: UUID) -> QuotaOut:
    row = await queries.quota(session, principal, quota_id)
    assert row is not None
    return _shown(row, None)


def _total(row: QuotaRule) -> Applied:
    subject = row.key_id if row.holder == "key" else row.unit_id
    assert subject is not None
    return Applied(queries.rule_of(row), subject)


def _stored_amount(measure: str, amount: float) -> int:
    stored = round(amount * _SCALE[measure])
    if stored < 1:
        raise QuotaInvalid(field="amount")
    return stored


def _shown(row: queries.QuotaRow, used: int | None) -> QuotaOut:
    rule, measure = row.rule, _SHOWN[row.rule.measure]
    return QuotaOut(
        id=rule.id,
        holder=cast("HolderName", rule.holder),
        unit_id=rule.unit_id,
        unit_name=row.unit_name,
        person_id=rule.person_id,
        person_name=row.person_name,
        key_id=rule.key_id,
        model_id=rule.model_id,
        measure=cast("MeasureName", measure),
        period=cast("PeriodName", rule.period),
        amount=rule.amount / _SCALE[measure],
        mode=cast("ModeName", rule.mode),
        smaller_model=rule.smaller_model,
        used=None if used is None else used / _SCALE[measure],
        updated_at=rule.updated_at,
    )


def _allowance(one: Applied, used: int, moment: datetime, quotas: Quotas) -> AllowanceOut:
    rule, place = one.rule, zone(quotas.time_zone)
    measure = _SHOWN[Measure(rule.measure).value]
    scale = _SCALE[measure]
    return AllowanceOut(
        holder=rule.holder,
        model_id=rule.model_id,
        measure=cast("MeasureName", measure),
        period=rule.period.value,
        mode=rule.mode,
        amount=rule.amount / scale,
        used=used / scale,
        left=max(0, rule.amount - used) / scale,
        smaller_model=rule.smaller_model,
        reopens_at=reopens(rule.period, starts(rule.period, moment, place), place),
    )
