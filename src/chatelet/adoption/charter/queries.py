"""Reads of the charter: which one is in force for whom, who accepted it, how many remain."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, func, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.charter.schemas import CharterOrder
from chatelet.adoption.charter.tables import Charter, CharterAcceptance
from chatelet.identity.finding import says
from chatelet.identity.tables import Person
from chatelet.identity.units.tables import Unit
from chatelet.kernel.database import Executor, fetch
from chatelet.kernel.paging import Cursor, Order

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
# The same for everybody, from a list of charters called `ruling`: the deepest on the path of each unit, then of these
# the main unit's, the deepest; else the institution's. By equalities only, so that 100,000 persons are joined at once.
_REQUIRED: Final = """
ruled AS (
    SELECT DISTINCT ON (units.id) units.id, ruling.unit_id, ruling.version, ruling.path
    FROM units CROSS JOIN unnest(units.path) AS above JOIN ruling ON ruling.unit_id = above
    ORDER BY units.id, cardinality(ruling.path) DESC
), whole AS (SELECT version FROM ruling WHERE unit_id IS NULL), required AS (
    SELECT DISTINCT ON (persons.id) persons.id AS person_id, ruled.unit_id,
           coalesce(ruled.version, (SELECT version FROM whole)) AS version
    FROM persons
    LEFT JOIN memberships ON memberships.person_id = persons.id
    LEFT JOIN ruled ON ruled.id = memberships.unit_id
    WHERE persons.state = 'active' AND (ruled.version IS NOT NULL OR EXISTS (SELECT FROM whole))
    ORDER BY persons.id, (ruled.unit_id IS NOT NULL AND coalesce(memberships.is_main, false)) DESC,
             cardinality(ruled.path) DESC NULLS LAST, ruled.unit_id
)
"""
_ACCEPTED: Final = """
accepted AS (
    SELECT DISTINCT ON (required.person_id) required.person_id, charter_acceptances.language,
           charter_acceptances.hash, charter_acceptances.accepted_at
    FROM required
    JOIN charter_acceptances ON charter_acceptances.person_id = required.person_id
    JOIN charters ON charters.id = charter_acceptances.charter_id AND charters.version = required.version
     AND charters.unit_id IS NOT DISTINCT FROM required.unit_id
    ORDER BY required.person_id, charter_acceptances.accepted_at
)
"""
_COUNTS: Final = f"""
WITH {_IN_FORCE}, ruling AS (SELECT unit_id, version, path FROM in_force), {_REQUIRED}, {_ACCEPTED}
SELECT required.unit_id, count(required.person_id), count(accepted.person_id)
FROM required LEFT JOIN accepted ON accepted.person_id = required.person_id
WHERE required.unit_id = ANY($1::uuid[]) OR (required.unit_id IS NULL AND $2)
GROUP BY required.unit_id
"""  # noqa: S608 (constants of this file)
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
LEFT JOIN in_force ON in_force.unit_id = required.unit_id
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
    """A charter in force, as its administrators see it; `place`: in the list; `persons` are those it is for."""

    id: UUID
    unit_id: UUID | None
    unit_name: str | None
    version: int
    published_at: datetime
    published_by: str | None
    place: str
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


async def rulings(
    session: AsyncSession,
    reach: frozenset[UUID] | None,
    words: str,
    order: CharterOrder,
    *,
    after: Cursor | None,
    limit: int,
) -> list[Ruling]:
    """Return a page of the charters in force on units within `reach` (None: all, the institution's included).

    What they are ordered by is told to everybody who reads them: never a count that may be hidden.
    """
    last = _last()
    keys: dict[str, ColumnElement[Any]] = {
        "unit": func.coalesce(Unit.sort_name, ""), "published": last.c.published_at, "version": last.c.version,
    }  # fmt: skip
    found = (
        select(last.c.id, last.c.unit_id, Unit.name, last.c.version, last.c.published_at, Person.name)
        .outerjoin(Unit, Unit.id == last.c.unit_id)
        .outerjoin(Person, Person.id == last.c.published_by)
        .where(last.c.withdrawn_at.is_(None), says(words, Unit.sort_name, Unit.code))
        .where(true() if reach is None else Unit.path.overlap(sorted(reach)))
    )
    paged = Order(keys[order.removeprefix("-")], last.c.id, order.startswith("-"))
    rows = (await session.execute(paged.page(found, after=after, limit=limit))).all()
    counts = await _counts(session, [row[1] for row in rows])
    return [
        Ruling(id_, unit_id, name, version, published_at, by, place, *counts.get(unit_id, (0, 0)))
        for id_, unit_id, name, version, published_at, by, place in rows
    ]


async def _counts(session: AsyncSession, units: Sequence[UUID | None]) -> dict[UUID | None, tuple[int, int]]:
    """Return for how many the charters of these units are, and how many accepted them; absent: for nobody."""
    rows = await fetch(session, _COUNTS, [unit for unit in units if unit], None in units) if units else ()
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


async def institution_rules(session: AsyncSession) -> bool:
    """Tell whether a charter of the whole institution is in force."""
    last = _last()
    query = select(last.c.id).where(last.c.unit_id.is_(None), last.c.withdrawn_at.is_(None))
    return await session.scalar(query) is not None


def _last() -> Subquery:
    newest = select(Charter).ext(distinct_on(Charter.unit_id))
    return newest.order_by(Charter.unit_id, Charter.version.desc(), Charter.id).subquery("last")


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
