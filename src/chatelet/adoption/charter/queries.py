"""Reads of the charter: which one is in force for whom, who accepted it, how many remain."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.charter.tables import Charter, CharterAcceptance
from chatelet.kernel.database import Executor, fetch

# The last version of each unit, unless it was withdrawn; `unit_id` null is the institution.
_IN_FORCE: Final = """
last AS (
    SELECT DISTINCT ON (unit_id) unit_id, version, withdrawn_at, published_at, published_by
    FROM charters ORDER BY unit_id, version DESC
), in_force AS (
    SELECT last.unit_id, last.version, last.published_at, last.published_by, units.path, units.name
    FROM last LEFT JOIN units ON units.id = last.unit_id WHERE last.withdrawn_at IS NULL
)
"""
# What one person must have accepted ($1, who belongs to $2): on the path of the main unit first, then the deepest.
_STANDING: Final = f"""
WITH {_IN_FORCE}, needed AS (
    SELECT unit_id, version FROM in_force WHERE unit_id IS NULL OR unit_id = ANY($2::uuid[])
    ORDER BY unit_id IS NOT NULL AND EXISTS (
        SELECT FROM memberships JOIN units ON units.id = memberships.unit_id
        WHERE memberships.person_id = $1 AND memberships.is_main AND in_force.unit_id = ANY(units.path)
    ) DESC, cardinality(path) DESC NULLS LAST, unit_id LIMIT 1
)
SELECT needed.unit_id, needed.version, (
    SELECT min(charter_acceptances.accepted_at)
    FROM charter_acceptances JOIN charters ON charters.id = charter_acceptances.charter_id
    WHERE charter_acceptances.person_id = $1 AND charters.version = needed.version
      AND charters.unit_id IS NOT DISTINCT FROM needed.unit_id
) FROM needed
"""  # noqa: S608 (constants of this file)
# The same for everybody, from a list of charters called `ruling`.
_REQUIRED: Final = """
required AS (
    SELECT DISTINCT ON (persons.id) persons.id AS person_id, ruling.unit_id, ruling.version
    FROM persons
    LEFT JOIN memberships ON memberships.person_id = persons.id
    LEFT JOIN units ON units.id = memberships.unit_id
    JOIN ruling ON ruling.unit_id IS NULL OR ruling.unit_id = ANY(units.path)
    WHERE persons.state = 'active'
    ORDER BY persons.id, (ruling.unit_id IS NOT NULL AND coalesce(memberships.is_main, false)) DESC,
             cardinality(ruling.path) DESC NULLS LAST, ruling.unit_id
)
"""
_ACCEPTED: Final = """
accepted AS (
    SELECT DISTINCT ON (required.person_id) required.person_id, charter_acceptances.language,
           charter_acceptances.hash, charter_acceptances.accepted_at
    FROM required
    JOIN charters ON charters.unit_id IS NOT DISTINCT FROM required.unit_id AND charters.version = required.version
    JOIN charter_acceptances ON charter_acceptances.charter_id = charters.id
     AND charter_acceptances.person_id = required.person_id
    ORDER BY required.person_id, charter_acceptances.accepted_at
)
"""
_PROGRESS: Final = f"""
WITH {_IN_FORCE}, ruling AS (SELECT unit_id, version, path FROM in_force), {_REQUIRED}, {_ACCEPTED}
SELECT in_force.unit_id, in_force.name, in_force.version, in_force.published_at, persons.name,
       count(required.person_id), count(accepted.person_id)
FROM in_force
LEFT JOIN required ON required.unit_id IS NOT DISTINCT FROM in_force.unit_id
LEFT JOIN accepted ON accepted.person_id = required.person_id
LEFT JOIN persons ON persons.id = in_force.published_by
WHERE $1::uuid[] IS NULL OR in_force.path && $1::uuid[]
GROUP BY in_force.unit_id, in_force.name, in_force.version, in_force.published_at, in_force.path, persons.name
ORDER BY in_force.path NULLS FIRST
"""  # noqa: S608 (as above)
_CONCERNED: Final = f"""
WITH {_IN_FORCE}, ruling AS (
    SELECT unit_id, version, path FROM in_force WHERE unit_id IS DISTINCT FROM $1
    UNION ALL SELECT $1, 0, (SELECT path FROM units WHERE id = $1)
), {_REQUIRED}
SELECT count(*) FROM required WHERE unit_id IS NOT DISTINCT FROM $1
"""  # noqa: S608 (as above)
_PROOFS: Final = f"""
WITH {_IN_FORCE}, ruling AS (SELECT unit_id, version, path FROM in_force), {_REQUIRED}, {_ACCEPTED}
SELECT persons.name, persons.email, units.name, in_force.name, required.version, accepted.language, accepted.hash,
       accepted.accepted_at
FROM persons
LEFT JOIN memberships ON memberships.person_id = persons.id AND memberships.is_main
LEFT JOIN units ON units.id = memberships.unit_id
LEFT JOIN required ON required.person_id = persons.id
LEFT JOIN in_force ON in_force.unit_id IS NOT DISTINCT FROM required.unit_id AND required.version IS NOT NULL
LEFT JOIN accepted ON accepted.person_id = persons.id
WHERE persons.state = 'active' AND ($1::uuid IS NULL OR EXISTS (
    SELECT FROM memberships AS belongs JOIN units AS under ON under.id = belongs.unit_id
    WHERE belongs.person_id = persons.id AND $1 = ANY(under.path)))
ORDER BY persons.sort_name, persons.id
"""  # noqa: S608 (as above)


class Standing(NamedTuple):
    """The charter in force for a person, and since when they accept it."""

    unit_id: UUID | None
    version: int
    accepted_at: datetime | None


class Ruling(NamedTuple):
    """A charter in force, as its administrators see it; `persons` are those it is for."""

    unit_id: UUID | None
    unit_name: str | None
    version: int
    published_at: datetime
    published_by: str | None
    persons: int
    accepted: int


class Proof(NamedTuple):
    """A line of the export: an active person, and what they accepted of what is in force for them."""

    name: str
    email: str | None
    unit: str | None
    charter_unit: str | None
    version: int | None
    language: str | None
    hash: str | None
    accepted_at: datetime | None


async def standing(executor: Executor, person_id: UUID, units: frozenset[UUID]) -> Standing | None:
    """Return what is in force for a person who belongs to `units`; None when nothing is. On the path of a turn."""
    rows = await fetch(executor, _STANDING, person_id, list(units))
    return Standing(*rows[0]) if rows else None


async def texts(session: AsyncSession, unit_id: UUID | None, version: int) -> Sequence[Charter]:
    """Return the texts of a version, one per language."""
    same_unit = Charter.unit_id.is_not_distinct_from(unit_id)
    found = await session.execute(
        select(Charter).where(same_unit, Charter.version == version).order_by(Charter.language.desc())
    )
    return found.scalars().all()


async def last_version(session: AsyncSession, unit_id: UUID | None) -> int:
    """Return the number of the last version of a unit, withdrawn or not; 0 when there was none."""
    same_unit = Charter.unit_id.is_not_distinct_from(unit_id)
    return await session.scalar(select(func.max(Charter.version)).where(same_unit)) or 0


async def rulings(session: AsyncSession, reach: frozenset[UUID] | None) -> list[Ruling]:
    """Return the charters in force on units within `reach` (None: all, the institution's included)."""
    rows = await fetch(session, _PROGRESS, None if reach is None else list(reach))
    return [Ruling(*row) for row in rows]


async def concerned(session: AsyncSession, unit_id: UUID | None) -> int:
    """Return how many persons a publication on this unit would ask."""
    rows = await fetch(session, _CONCERNED, unit_id)
    return int(rows[0][0])


async def proofs(session: AsyncSession, unit_id: UUID | None) -> list[Proof]:
    """Return every active person of a unit and all under it, with their acceptance."""
    return [Proof(*row) for row in await fetch(session, _PROOFS, unit_id)]


async def acceptances_of(session: AsyncSession, person_id: UUID) -> list[tuple[CharterAcceptance, Charter]]:
    """Return every acceptance of a person, oldest first."""
    found: Any = await session.execute(
        select(CharterAcceptance, Charter)
        .join(Charter, Charter.id == CharterAcceptance.charter_id)
        .where(CharterAcceptance.person_id == person_id)
        .order_by(CharterAcceptance.accepted_at)
    )
    return [(acceptance, charter) for acceptance, charter in found]
