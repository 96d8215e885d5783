"""All SQL of usage. Figures of one person are read by that person only; those of units come from `usage_months`."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from chatelet.inference.consumption.figures import Figures
from chatelet.inference.consumption.tree import NIL, Place
from chatelet.kernel.database import Executor, execute, fetch

_OWN: Final = """
SELECT (created_at AT TIME ZONE $3)::date AS day, model_id,
    count(*) FILTER (WHERE purpose NOT IN ('title', 'summary')), sum(prompt_tokens), sum(completion_tokens),
    coalesce(sum(cost_euros), 0), coalesce(sum(energy_wh), 0), count(*),
    count(*) FILTER (WHERE cost_euros IS NULL), count(*) FILTER (WHERE energy_wh IS NULL)
FROM model_usage WHERE person_id = $1 AND created_at >= $2 GROUP BY day, model_id
"""
# One pass over the month: by person and unit first, so that each person is counted where they first asked.
_REFRESH: Final = """
WITH used AS MATERIALIZED (
    SELECT coalesce(unit_id, $4::uuid) AS unit_id, person_id, min(created_at) AS first,
        count(*) FILTER (WHERE purpose NOT IN ('title', 'summary')) AS requests,
        sum(prompt_tokens) AS tokens_read, sum(completion_tokens) AS tokens_written,
        coalesce(sum(cost_euros), 0) AS euros, coalesce(sum(energy_wh), 0) AS wh, count(*) AS calls,
        count(*) FILTER (WHERE cost_euros IS NULL) AS unpriced,
        count(*) FILTER (WHERE energy_wh IS NULL) AS unmeasured
    FROM model_usage WHERE created_at >= $2 AND created_at < $3 GROUP BY 1, 2
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY person_id ORDER BY first, unit_id) = 1 AS is_first FROM used
)
INSERT INTO usage_months (month, unit_id, persons, requests, tokens_read, tokens_written, euros, wh, calls, unpriced,
    unmeasured, refreshed_at)
SELECT $1::date, unit_id, count(*) FILTER (WHERE is_first), sum(requests), sum(tokens_read), sum(tokens_written),
    sum(euros), sum(wh), sum(calls), sum(unpriced), sum(unmeasured), $5
FROM placed GROUP BY unit_id
"""
_MONTHS: Final = """
SELECT month, unit_id, persons, requests, tokens_read, tokens_written, euros, wh, calls, unpriced, unmeasured
FROM usage_months WHERE month >= $1 AND month <= $2
"""
_PLACES: Final = """
SELECT id, parent_id, merged_into, code, name FROM units ORDER BY cardinality(path), sort_name, id
"""
_REFRESHING: Final = 0x5573616765  # "Usage": the advisory lock of whoever makes the figures of a month


async def own(executor: Executor, person_id: UUID, since: datetime, place: str) -> list[tuple[date, str, Figures]]:
    """Return a person's figures by day and model."""
    rows = await fetch(executor, _OWN, person_id, since, place)
    return [(row[0], row[1], _figures(0, *row[2:])) for row in rows]


async def months(executor: Executor, first: date, last: date) -> list[tuple[date, UUID, Figures]]:
    """Return the stored figures of units."""
    return [(row[0], row[1], _figures(*row[2:])) for row in await fetch(executor, _MONTHS, first, last)]


async def places(executor: Executor) -> list[Place]:
    """Return every unit, those above first."""
    return [Place(*row) for row in await fetch(executor, _PLACES)]


async def refreshed_at(executor: Executor) -> datetime | None:
    """Return when figures were last made."""
    return (await fetch(executor, "SELECT max(refreshed_at) FROM usage_months"))[0][0]


async def oldest(executor: Executor) -> tuple[datetime | None, date | None]:
    """Return when models were first used, and the last month whose figures were made."""
    used = await fetch(executor, "SELECT min(created_at) FROM model_usage")
    made = await fetch(executor, "SELECT max(month) FROM usage_months")
    return used[0][0], made[0][0]


async def refresh(executor: Executor, month: date, bounds: tuple[datetime, datetime], moment: datetime) -> None:
    """Make the figures of a month again."""
    await execute(executor, "SELECT pg_advisory_xact_lock($1)", _REFRESHING)
    await execute(executor, "DELETE FROM usage_months WHERE month = $1", month)
    await execute(executor, _REFRESH, month, *bounds, NIL, moment)


def _figures(persons: int, *sums: Any) -> Figures:
    requests, read, written, euros, wh, calls, unpriced, unmeasured = sums
    return Figures(
        persons, int(requests), int(read), int(written), euros, wh, int(calls), int(unpriced), int(unmeasured)
    )
