"""Reserve before, count after: no answer uses more than what is left, in however many processes and requests at once.

    hold    lock the counters -> refuse, or shorten the longest answer to what is left -> add that to the counters
    settle  replace what was held by what was used; what a dead process held is let go by the routine

In the transaction that opens, and in the one that closes; without any rule, neither says a word to the database.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from chatelet.kernel.clock import now
from chatelet.kernel.database import Executor, execute, fetch
from chatelet.policy.quotas.amounts import Amounts, Estimate, reopens, starts
from chatelet.policy.quotas.errors import QuotaReached
from chatelet.policy.quotas.rules import Applied

LEAST_ANSWER: Final = 64  # tokens: below, an answer is not worth beginning
_NEARLY: Final = 0.8  # of a soft quota: from there on, the person is told
STALE: Final = timedelta(hours=1)

_KEYS: Final = "unnest($1::uuid[], $2::text[], $3::text[], $4::date[]) AS wanted(subject_id, model_id, period, starts)"
_MAKE: Final = f"""
INSERT INTO quota_counters (subject_id, model_id, period, starts, requests, tokens, microeuros, mgco2e)
SELECT subject_id, model_id, period, starts, 0, 0, 0, 0 FROM {_KEYS}
ORDER BY subject_id, model_id, period, starts ON CONFLICT DO NOTHING
"""  # noqa: S608 (a constant of this file)
_LOCK: Final = f"""
SELECT subject_id, model_id, period, starts, requests, tokens, microeuros, mgco2e FROM quota_counters
WHERE (subject_id, model_id, period, starts) IN (SELECT subject_id, model_id, period, starts FROM {_KEYS})
ORDER BY subject_id, model_id, period, starts FOR UPDATE
"""  # noqa: S608 (as above)
_READ: Final = _LOCK.replace("FOR UPDATE", "")
_ADD: Final = f"""
UPDATE quota_counters SET requests = requests + $5, tokens = tokens + $6, microeuros = microeuros + $7,
    mgco2e = mgco2e + $8
WHERE (subject_id, model_id, period, starts) IN (SELECT subject_id, model_id, period, starts FROM {_KEYS})
"""  # noqa: S608 (as above)
_HOLD: Final = f"""
WITH added AS ({_ADD})
INSERT INTO quota_holds (id, person_id, counters, held, created_at)
VALUES ($9, $10, $11::text::jsonb, ARRAY[$5::bigint, $6::bigint, $7::bigint, $8::bigint], $12)
"""  # noqa: S608 (as above)
_SETTLE: Final = """
WITH gone AS (DELETE FROM quota_holds WHERE id = $1 RETURNING counters, held),
     touched AS (
    SELECT (key->>0)::uuid AS subject_id, key->>1 AS model_id, key->>2 AS period, (key->>3)::date AS starts, held
    FROM gone, jsonb_array_elements(counters) AS key
)
UPDATE quota_counters AS counter SET
    requests = greatest(0, counter.requests - held[1] + $2), tokens = greatest(0, counter.tokens - held[2] + $3),
    microeuros = greatest(0, counter.microeuros - held[3] + $4), mgco2e = greatest(0, counter.mgco2e - held[4] + $5)
FROM touched WHERE counter.subject_id = touched.subject_id AND counter.model_id = touched.model_id
  AND counter.period = touched.period AND counter.starts = touched.starts
"""


class Key(NamedTuple):
    """Names a counter; the order is that in which counters are locked, everywhere the same."""

    subject_id: UUID
    model_id: str
    period: str
    starts: str


@dataclass(frozen=True, slots=True)
class Held:
    """What was reserved: the longest answer that may be asked for, and the soft quotas nearly or wholly used."""

    longest: int
    warned: tuple[Applied, ...] = ()


async def hold(
    executor: Executor, holder: tuple[UUID, UUID], applied: Sequence[Applied], estimate: Estimate, place: ZoneInfo
) -> Held:
    """Reserve what an answer may use; `holder` is (identifier of the answer, person). Raises `QuotaReached`."""
    if not applied:
        return Held(estimate.longest)
    moment = now()
    key_of = {one: key(one, moment, place) for one in applied}
    keys = sorted(set(key_of.values()))
    await execute(executor, _MAKE, *_columns(keys))
    used = await _used(executor, _LOCK, keys)
    longest, warned = estimate.longest, list[Applied]()
    for one in applied:
        measure, amount = one.rule.measure, one.rule.amount
        so_far = used[key_of[one]].of(measure)
        if one.rule.mode == "soft":
            if so_far + estimate.amounts(0).of(measure) > amount * _NEARLY:
                warned.append(one)
            continue
        fits = estimate.affordable(measure, amount - so_far)
        if fits < min(LEAST_ANSWER, estimate.longest):
            raise reached(one, moment, place)
        longest = min(longest, fits)
    identifier, person_id = holder
    written = json.dumps([[str(part) for part in one] for one in keys])
    reserved = estimate.amounts(longest).as_list()
    await execute(executor, _HOLD, *_columns(keys), *reserved, identifier, person_id, written, moment)
    return Held(longest, tuple(warned))


async def settle(executor: Executor, identifier: UUID, used: Amounts) -> None:
    """Replace what an answer held by what it used; nothing was held: nothing happens."""
    await execute(executor, _SETTLE, identifier, *used.as_list())


async def is_spent(executor: Executor, applied: Sequence[Applied], place: ZoneInfo) -> bool:
    """Tell whether nothing is left of a quota that refuses: what nobody asked for is then not done."""
    used = await used_by(executor, applied, now(), place)
    return any(one.rule.mode != "soft" and used[one] >= one.rule.amount for one in applied)


async def count(executor: Executor, applied: Sequence[Applied], used: Amounts, place: ZoneInfo) -> None:
    """Count what was used without having been held: a title, a summary, which nobody asked for."""
    keys = sorted({key(one, now(), place) for one in applied})
    if keys:
        await execute(executor, _MAKE, *_columns(keys))
        await execute(executor, _ADD, *_columns(keys), *used.as_list())


async def let_go(executor: Executor) -> int:
    """Let go of what answers held that no process closed within the hour; return how many."""
    stale = await fetch(executor, "SELECT id FROM quota_holds WHERE created_at < $1", now() - STALE)
    for (identifier,) in stale:
        await settle(executor, identifier, Amounts(requests=1))
    return len(stale)


async def used_by(
    executor: Executor, applied: Sequence[Applied], moment: datetime, place: ZoneInfo
) -> dict[Applied, int]:
    """Return what is used of each quota, what is held included."""
    key_of = {one: key(one, moment, place) for one in applied}
    used = await _used(executor, _READ, sorted(set(key_of.values())))
    return {one: used.get(key_of[one], Amounts()).of(one.rule.measure) for one in applied}


def key(one: Applied, moment: datetime, place: ZoneInfo) -> Key:
    """Return the counter of a rule at a moment."""
    rule = one.rule
    return Key(one.subject_id, rule.model_id or "", rule.period.value, starts(rule.period, moment, place).isoformat())


def reached(one: Applied, moment: datetime, place: ZoneInfo) -> QuotaReached:
    """Return the refusal: what is used up, for whom, when it begins again, and what may be asked instead."""
    rule = one.rule
    again = reopens(rule.period, starts(rule.period, moment, place), place)
    offer = {"offer": rule.smaller_model} if rule.smaller_model else {}
    return QuotaReached(
        measure=rule.measure.value,
        period=rule.period.value,
        holder=rule.holder,
        amount=rule.amount,
        reopens_at=again.isoformat(),
        retry_after=max(1, round((again - moment).total_seconds())),
        **offer,
    )


async def _used(executor: Executor, statement: str, keys: Sequence[Key]) -> dict[Key, Amounts]:
    rows = await fetch(executor, statement, *_columns(keys))
    return {Key(row[0], row[1], row[2], row[3].isoformat()): Amounts(*row[4:8]) for row in rows}


def _columns(keys: Sequence[Key]) -> tuple[list[UUID], list[str], list[str], list[date]]:
    return (
        [one.subject_id for one in keys],
        [one.model_id for one in keys],
        [one.period for one in keys],
        [date.fromisoformat(one.starts) for one in keys],
    )
