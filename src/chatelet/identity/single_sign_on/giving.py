"""From matched rules to units and roles: said first (`resolve`, also for a dry run), then made so (`apply`).

Lines of source `provider:<code>` become exactly what the rules give; lines given by hand, by a directory or by another
provider are not touched. A role whose unit is unknown is given nowhere, never everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.roles.tables import Grant, Role
from chatelet.identity.single_sign_on.claims import Match
from chatelet.identity.units.tables import Membership, Unit
from chatelet.kernel.clock import now
from chatelet.kernel.identifiers import uuid7

Problem = Literal["unit_unknown", "unit_closed", "role_unknown"]


@dataclass(frozen=True, slots=True)
class Gift:
    """What one match gives; nothing when there is a `problem`."""

    match: Match
    unit: Unit | None = None
    role: Role | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """How many lines a sign-in changed."""

    units_given: int = 0
    units_withdrawn: int = 0
    roles_given: int = 0
    roles_withdrawn: int = 0

    @property
    def anything(self) -> bool:
        """Whether there is something to tell."""
        return self != Changed()

    @property
    def roles(self) -> bool:
        """Whether rights changed, so that older sessions end (TA-001)."""
        return bool(self.roles_given or self.roles_withdrawn)


async def resolve(session: AsyncSession, found: Sequence[Match]) -> list[Gift]:
    """Find the units and roles that the matches name; a merged unit is the one it was merged into."""
    units = await _units(session, {match.unit_code for match in found if match.unit_code})
    codes = {match.role_code for match in found if match.role_code}
    listed = await session.scalars(select(Role).where(Role.code.in_(codes))) if codes else ()
    roles = {role.code: role for role in listed}
    return [_gift(match, units, roles) for match in found]


async def apply(session: AsyncSession, person_id: UUID, source: str, gifts: Sequence[Gift]) -> Changed:
    """Make the person's lines of this source what `gifts` say."""
    good = [gift for gift in gifts if gift.problem is None]
    units = list(dict.fromkeys(gift.unit.id for gift in good if gift.unit is not None))
    roles = {(gift.role.id, gift.unit.id if gift.unit else None) for gift in good if gift.role is not None}
    left = await _leave(session, person_id, source, units)
    joined = await _join(session, person_id, source, units)
    withdrawn, given = await _grant(session, person_id, source, roles)
    return Changed(units_given=joined, units_withdrawn=left, roles_given=given, roles_withdrawn=withdrawn)


def _gift(match: Match, units: dict[str, Unit], roles: dict[str, Role]) -> Gift:
    unit = units.get(match.unit_code) if match.unit_code else None
    role = roles.get(match.role_code) if match.role_code else None
    if match.role_code and role is None:
        return Gift(match, problem="role_unknown")
    if match.unit_code and unit is None:
        return Gift(match, problem="unit_unknown")
    if unit is not None and unit.closed_at is not None:
        return Gift(match, problem="unit_closed")
    return Gift(match, unit, role)


async def _units(session: AsyncSession, codes: set[str]) -> dict[str, Unit]:
    if not codes:
        return {}
    found = {unit.code: unit for unit in await session.scalars(select(Unit).where(Unit.code.in_(codes)))}
    merged = {unit.merged_into for unit in found.values() if unit.merged_into is not None}
    into = {unit.id: unit for unit in await session.scalars(select(Unit).where(Unit.id.in_(merged)))} if merged else {}
    return {code: into.get(unit.merged_into, unit) if unit.merged_into else unit for code, unit in found.items()}


async def _leave(session: AsyncSession, person_id: UUID, source: str, units: list[UUID]) -> int:
    left = await session.execute(
        delete(Membership)
        .where(Membership.person_id == person_id, Membership.source == source, Membership.unit_id.not_in(units))
        .returning(Membership.unit_id)
    )
    return len(left.all())


async def _join(session: AsyncSession, person_id: UUID, source: str, units: list[UUID]) -> int:
    """Add what is missing; the first unit is the main one of a person who has none."""
    joined = 0
    has_main = await session.scalar(select(exists().where(Membership.person_id == person_id, Membership.is_main)))
    for unit_id in units:
        line = insert(Membership).values(
            person_id=person_id, unit_id=unit_id, is_main=not has_main, source=source, created_at=now()
        )
        added = await session.execute(line.on_conflict_do_nothing().returning(Membership.unit_id))
        if added.first() is not None:
            joined, has_main = joined + 1, True
    return joined


async def _grant(
    session: AsyncSession, person_id: UUID, source: str, wanted: set[tuple[UUID, UUID | None]]
) -> tuple[int, int]:
    """Return how many grants were withdrawn, and given."""
    mine = select(Grant).where(Grant.person_id == person_id, Grant.source == source)
    held = {(grant.role_id, grant.unit_id): grant for grant in await session.scalars(mine)}
    gone = [grant for line, grant in held.items() if line not in wanted]
    for grant in gone:
        await session.delete(grant)
    new = wanted - held.keys()
    moment = now()
    for role_id, unit_id in new:
        line = {"id": uuid7(), "person_id": person_id, "role_id": role_id, "unit_id": unit_id}
        given = insert(Grant).values(**line, source=source, granted_by=None, created_at=moment, expires_at=None)
        await session.execute(given.on_conflict_do_nothing())
    await session.flush()
    return len(gone), len(new)
