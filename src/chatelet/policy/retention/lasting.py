"""How long things last: for one person (one statement), or for everybody as a subquery that an expiry joins.

A person in several units is under the shortest of their rules. Everything here is days.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Integer, TextClause, Uuid, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import Subquery

from chatelet.kernel.database import Executor, fetch
from chatelet.policy.retention.kinds import BOUNDS, Kind

_OF_PERSON: Final = """
SELECT kind, days, 'institution' FROM retention_rules WHERE replaced_at IS NULL AND unit_id IS NULL
UNION ALL
SELECT rules.kind, min(rules.days), 'unit' FROM memberships
JOIN units ON units.id = memberships.unit_id
JOIN retention_rules AS rules ON rules.unit_id = ANY(units.path) AND rules.replaced_at IS NULL
WHERE memberships.person_id = $1 GROUP BY rules.kind
UNION ALL
SELECT kind, days, 'person' FROM retention_choices WHERE person_id = $1
"""
_INSTITUTION: Final = "SELECT days FROM retention_rules WHERE replaced_at IS NULL AND unit_id IS NULL AND kind = $1"
_OF_UNIT: Final = """
SELECT min(days) FROM retention_rules WHERE replaced_at IS NULL AND kind = $1 AND unit_id = ANY($2::uuid[])
"""
_KEPT: Final = """
SELECT persons.id AS person_id, least(CAST(:base AS integer), ruled.days, chosen.days) AS days FROM persons
LEFT JOIN (
    SELECT memberships.person_id, min(rules.days) AS days FROM retention_rules AS rules
    JOIN units ON rules.unit_id = ANY(units.path) JOIN memberships ON memberships.unit_id = units.id
    WHERE rules.kind = :kind AND rules.replaced_at IS NULL GROUP BY 1
) AS ruled ON ruled.person_id = persons.id
LEFT JOIN retention_choices AS chosen ON chosen.person_id = persons.id AND chosen.kind = :kind
"""
_SHORTEST: Final = """
SELECT min(days) FROM (
    SELECT days FROM retention_rules WHERE replaced_at IS NULL AND kind = $1
    UNION ALL SELECT days FROM retention_choices WHERE kind = $1
) AS known
"""


@dataclass(frozen=True, slots=True)
class Lasting:
    """What holds for somebody: `ceiling` without their choice, `days` with it. None: no end."""

    ceiling: int | None
    chosen: int | None

    @property
    def days(self) -> int | None:
        """What applies."""
        return _least(self.ceiling, self.chosen)


async def all_of(executor: Executor, person_id: UUID) -> dict[Kind, Lasting]:
    """Return every kind as it holds for a person."""
    said: dict[tuple[str, str], int] = {
        (kind, by): days for kind, days, by in await fetch(executor, _OF_PERSON, person_id)
    }
    return {
        kind: Lasting(
            _least(said.get((kind, "institution"), BOUNDS[kind].default), said.get((kind, "unit"))),
            said.get((kind, "person")),
        )
        for kind in Kind
    }


async def conversation_days(executor: Executor, person_id: UUID) -> int:
    """Return how many days after its last message a conversation of this person is kept."""
    days = (await all_of(executor, person_id))[Kind.CONVERSATIONS].days
    assert days is not None  # conversations always end: the product's default
    return days


async def institution(executor: Executor, kind: Kind) -> int | None:
    """Return the institution's days for a kind: its rule, else the product's default."""
    found = await fetch(executor, _INSTITUTION, kind.value)
    return int(found[0][0]) if found else BOUNDS[kind].default


async def above(executor: Executor, kind: Kind, path: list[UUID]) -> int | None:
    """Return the ceiling that holds on the units of `path` together with the institution's."""
    [[ruled]] = await fetch(executor, _OF_UNIT, kind.value, path)
    return _least(await institution(executor, kind), ruled)


async def kept(session: AsyncSession, kind: Kind) -> Subquery:
    """Return (person_id, days) for everybody; days is null where nothing ends."""
    base = await institution(session, kind)
    statement: TextClause = text(_KEPT).bindparams(base=base, kind=kind.value)
    return statement.columns(person_id=Uuid(), days=Integer()).subquery("kept")


async def shortest(session: AsyncSession, kind: Kind) -> int | None:
    """Return the shortest duration that anybody has for a kind: what is younger need not be looked at."""
    [[ruled]] = await fetch(session, _SHORTEST, kind.value)
    return _least(await institution(session, kind), ruled)


def _least(*days: int | None) -> int | None:
    return min((one for one in days if one is not None), default=None)
