"""Quotas: which applies, what is held before and counted after, in however many requests at once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.identity.accounts import Draft, insert_person
from chatelet.identity.principal import Principal
from chatelet.identity.rights import NO_RIGHTS
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database, fetch
from chatelet.policy.quotas import holding
from chatelet.policy.quotas.amounts import Amounts, Estimate, Measure, Period, reopens, starts, zone
from chatelet.policy.quotas.errors import QuotaReached
from chatelet.policy.quotas.rules import Absent, Applied, QuotaRules, Rule

PARIS = zone("Europe/Paris")
MINISTRY, NORTH, SOUTH = uuid4(), uuid4(), uuid4()


def caller(*units: UUID, person_id: UUID | None = None) -> Principal:
    return Principal(
        person_id=person_id or uuid4(),
        session_id=uuid4(),
        rights=NO_RIGHTS,
        units=frozenset(units),
        language="fr",
        name="Ada",
        email=None,
        expires_at=now(),
    )


def rule(amount: int, measure: Measure = Measure.REQUESTS, **more: Any) -> Rule:
    fields = {"holder": "each_person", "unit_id": None, "person_id": None, "key_id": None, "model_id": None}
    rest = {"period": Period.DAY, "mode": "hard", "smaller_model": None}
    return Rule(id=uuid4(), measure=measure, amount=amount, **{**fields, **rest, **more})


def test_the_most_precise_allowance_of_a_person_holds_and_every_total() -> None:
    ada = caller(MINISTRY, NORTH)
    everybody, north = rule(10), rule(50, unit_id=NORTH, depth=2)
    ministry = rule(30, unit_id=MINISTRY, depth=1)
    own = rule(5, person_id=ada.person_id)
    totals = [rule(900, holder="unit", unit_id=unit, depth=1) for unit in (MINISTRY, NORTH)]
    elsewhere = [rule(1, unit_id=SOUTH, depth=2), rule(1, holder="unit", unit_id=SOUTH), rule(1, person_id=uuid4())]
    rules = QuotaRules()
    rules.replace([everybody, north, ministry, *totals, *elsewhere])
    assert {one.rule.amount for one in rules.applying(ada, "small")} == {50, 900}
    assert {one.subject_id for one in rules.applying(ada, "small")} == {ada.person_id, MINISTRY, NORTH}
    rules.replace([everybody, north, own])
    assert [one.rule.amount for one in rules.applying(ada, "small")] == [5]
    assert [one.rule.amount for one in rules.applying(caller(), "small")] == [10]


def test_a_quota_of_a_model_or_of_a_key_concerns_nothing_else() -> None:
    ada, key = caller(), uuid4()
    large = rule(3, model_id="large", mode="degrade", smaller_model="small")
    degrading = rule(4, measure=Measure.TOKENS, mode="degrade", smaller_model="small")
    of_key = rule(7, holder="key", key_id=key)
    rules = QuotaRules()
    rules.replace([large, degrading, of_key])
    assert {one.rule.amount for one in rules.applying(ada, "large")} == {3, 4}
    assert rules.applying(ada, "small") == []  # the smaller model, offered instead, is not counted
    assert {one.rule.amount for one in rules.applying(ada, "large", key)} == {3, 4, 7}
    assert Applied(of_key, key) in rules.applying(ada, "small", key)


@given(
    st.integers(0, 10_000), st.integers(1, 10_000), st.floats(0, 1e-3), st.floats(0, 1e-3),
    st.sampled_from(list(Measure)), st.integers(-10, 10_000_000),
)  # fmt: skip
def test_what_is_affordable_fits_in_what_is_left(
    prompt: int, longest: int, euros: float, wh: float, measure: Measure, left: int
) -> None:
    estimate = Estimate(prompt, longest, euros_read=euros, euros_written=euros, wh_written=wh, grams_per_wh=0.05)
    written = estimate.affordable(measure, left)
    assert written <= longest
    if written >= 0:
        assert estimate.amounts(written).of(measure) <= left + 1  # rounding of the last unit
    else:
        assert left <= 0 or estimate.amounts(0).of(measure) > left


@pytest.mark.parametrize(
    ("moment", "day", "month", "tomorrow", "next_month"),
    [
        ("2026-03-28T22:59:00", date(2026, 3, 28), date(2026, 3, 1), "2026-03-28T23:00:00", "2026-03-31T22:00:00"),
        ("2026-03-29T12:00:00", date(2026, 3, 29), date(2026, 3, 1), "2026-03-29T22:00:00", "2026-03-31T22:00:00"),
        ("2026-12-31T23:30:00", date(2027, 1, 1), date(2027, 1, 1), "2027-01-01T23:00:00", "2027-01-31T23:00:00"),
        ("2028-01-31T10:00:00", date(2028, 1, 31), date(2028, 1, 1), "2028-01-31T23:00:00", "2028-01-31T23:00:00"),
    ],
)
def test_days_and_months_begin_at_midnight_where_the_institution_is(
    moment: str, day: date, month: date, tomorrow: str, next_month: str
) -> None:
    """Summer time, the new year and a leap year included."""
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    for period, begun, again in ((Period.DAY, day, tomorrow), (Period.MONTH, month, next_month)):
        assert starts(period, at, PARIS) == begun
        assert reopens(period, begun, PARIS) == datetime.fromisoformat(again).replace(tzinfo=UTC)


MakePerson = Callable[[], Awaitable[Principal]]


@pytest.fixture
def person(database: Database) -> MakePerson:
    async def make() -> Principal:
        async with database.transaction() as session:
            made = await insert_person(session, Draft(f"{uuid4()}@exemple.fr", "Ada", "not a password"))
        return caller(NORTH, person_id=made.id)

    return make


async def reserve(
    database: Database, principal: Principal, rules: list[Rule], estimate: Estimate
) -> tuple[UUID, holding.Held]:
    known, identifier = QuotaRules(), uuid4()
    known.replace(rules)
    async with database.driver_transaction() as connection:
        applied = known.applying(principal, "large")
        return identifier, await holding.hold(connection, (identifier, principal.person_id), applied, estimate, PARIS)


async def counters(database: Database) -> list[tuple[int, ...]]:
    async with database.driver_connection() as connection:
        found = await fetch(connection, "SELECT requests, tokens, microeuros, mgco2e FROM quota_counters")
    return [tuple(row) for row in found]


async def test_fifty_at_once_use_no_more_than_there_is(database: Database, person: MakePerson) -> None:
    """TA-153: each request in a transaction of its own, as in any number of processes."""
    ada = await person()
    rules = [rule(10), rule(5_000, Measure.TOKENS, period=Period.MONTH)]
    estimate = Estimate(prompt_tokens=100, longest=300)

    async def ask() -> str:
        try:
            await reserve(database, ada, rules, estimate)
        except QuotaReached as refused:
            return str(refused.params["measure"])
        return "held"

    told = await asyncio.gather(*(ask() for _ in range(50)))
    assert told.count("held") == 10
    assert told.count("requests") == 40
    assert {row[:2] for row in await counters(database)} == {(10, 4_000)}


async def test_the_total_of_a_unit_is_shared(database: Database, person: MakePerson) -> None:
    persons = [await person() for _ in range(5)]
    rules = [rule(3_000, Measure.TOKENS, holder="unit", unit_id=NORTH)]
    told = await asyncio.gather(
        *(reserve(database, one, rules, Estimate(500, 500)) for one in persons for _ in range(4)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, QuotaReached) for one in told) == 17
    assert [row[1] for row in await counters(database)] == [3_000]


async def test_the_last_answer_is_shortened_to_what_is_left(database: Database, person: MakePerson) -> None:
    ada, rules = await person(), [rule(1_000, Measure.TOKENS)]
    identifier, held = await reserve(database, ada, rules, Estimate(400, 4_000))
    assert held.longest == 600
    async with database.driver_transaction() as connection:
        await holding.settle(connection, identifier, Amounts(requests=1, tokens=450))
    assert await counters(database) == [(1, 450, 0, 0)]
    _, held = await reserve(database, ada, rules, Estimate(450, 4_000))
    assert held.longest == 100
    with pytest.raises(QuotaReached) as refused:
        await reserve(database, ada, rules, Estimate(10, 4_000))
    params = refused.value.params
    assert (params["measure"], params["period"], params["holder"]) == ("tokens", "day", "each_person")
    again = datetime.fromisoformat(str(params["reopens_at"]))
    assert timedelta() < again - now() <= timedelta(days=1, hours=1)
    assert again.astimezone(PARIS).hour == 0


async def test_money_and_gases_are_held_too(database: Database, person: MakePerson) -> None:
    ada = await person()
    priced = Estimate(1_000, 1_000, euros_read=1e-6, euros_written=3e-6, wh_written=0.001, grams_per_wh=0.05)
    _, held = await reserve(database, ada, [rule(2_500, Measure.EUROS)], priced)
    assert held.longest == 500
    _, held = await reserve(database, ada, [rule(20, Measure.GREENHOUSE, period=Period.MONTH)], priced)
    assert held.longest == 400


async def test_a_soft_quota_warns_and_a_degrading_one_offers(database: Database, person: MakePerson) -> None:
    ada, soft = await person(), rule(4, mode="soft")
    warned = [len((await reserve(database, ada, [soft], Estimate(1, 100)))[1].warned) for _ in range(6)]
    assert warned == [0, 0, 0, 1, 1, 1]
    degrading = rule(1, mode="degrade", smaller_model="small", period=Period.MONTH)
    await reserve(database, ada, [degrading], Estimate(1, 100))
    with pytest.raises(QuotaReached) as refused:
        await reserve(database, ada, [degrading], Estimate(1, 100))
    assert refused.value.params["offer"] == "small"


async def test_what_a_dead_process_held_is_let_go(database: Database, person: MakePerson) -> None:
    ada, rules = await person(), [rule(1_000, Measure.TOKENS)]
    await reserve(database, ada, rules, Estimate(100, 900))
    async with database.driver_transaction() as connection:
        assert await holding.let_go(connection) == 0
        await connection.execute("UPDATE quota_holds SET created_at = created_at - interval '2 hours'")
        assert await holding.let_go(connection) == 1
        assert await holding.let_go(connection) == 0
    assert await counters(database) == [(1, 0, 0, 0)]


async def test_settling_twice_or_for_nothing_changes_nothing(database: Database, person: MakePerson) -> None:
    ada = await person()
    identifier, _ = await reserve(database, ada, [rule(1_000, Measure.TOKENS)], Estimate(100, 100))
    for used in (120, 900):
        async with database.driver_transaction() as connection:
            await holding.settle(connection, identifier, Amounts(requests=1, tokens=used))
            await holding.settle(connection, uuid4(), Amounts(requests=1, tokens=used))
    assert await counters(database) == [(1, 120, 0, 0)]


async def test_what_nobody_asked_for_is_counted_but_never_refused(database: Database, person: MakePerson) -> None:
    ada, known = await person(), QuotaRules()
    known.replace(
        [rule(100, Measure.TOKENS), rule(2, mode="soft"), rule(50, Measure.TOKENS, holder="unit", unit_id=NORTH)]
    )
    applied = known.applying(Absent(ada.person_id, frozenset({NORTH})), "large")
    async with database.driver_transaction() as connection:
        assert not await holding.is_spent(connection, applied, PARIS)
        await holding.count(connection, applied, Amounts(tokens=30), PARIS)
        await holding.count(connection, [], Amounts(tokens=9), PARIS)
        assert not await holding.is_spent(connection, applied, PARIS)
        await holding.count(connection, applied, Amounts(tokens=30), PARIS)
        assert await holding.is_spent(connection, applied, PARIS)  # the total of the unit
    assert await counters(database) == [(0, 60, 0, 0)] * 2
