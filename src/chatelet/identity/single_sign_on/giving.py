"""From matched rules to units and roles: said first (`resolve`, also for a dry run), then made so (`apply`).

Lines of source `provider:<code>` become exactly what the rules give; lines given by hand, by a directory or by another
provider are not touched. A role whose unit is unknown is given nowhere, never everywhere. The last administrator stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple
from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.rights import Right
from chatelet.identity.roles.queries import has_active_administrator, lock_active_administrators
from chatelet.identity.roles.tables import Grant, Role
from chatelet.identity.single_sign_on.claims import Match
from chatelet.identity.units.tables import Membership, Unit
from chatelet.kernel.clock import now
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.logs import get_logger

Problem = Literal["unit_unknown", "unit_closed", "role_unknown"]


class RoleOn(NamedTuple):
    """A role on a unit, or everywhere."""

    role_id: UUID
    unit_id: UUID | None
    code: str


log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Gift:
    """What one match gives; nothing when there is a `problem`."""

    match: Match
    unit: Unit | None = None
    role: Role | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """What claims changed: units by identifier, roles with the unit that they hold on (None: everywhere)."""

    units_given: tuple[UUID, ...] = ()
    units_withdrawn: tuple[UUID, ...] = ()
    roles_given: tuple[RoleOn, ...] = ()
    roles_withdrawn: tuple[RoleOn, ...] = ()
    main_withdrawn: UUID | None = None

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
    """Make the person's lines of this source what `gifts` say; the person's row is locked."""
    good = [gift for gift in gifts if gift.problem is None]
    units = list(dict.fromkeys(gift.unit.id for gift in good if gift.unit is not None))
    wanted = {RoleOn(gift.role.id, gift.unit.id if gift.unit else None, gift.role.code) for gift in good if gift.role}
    left = await _leave(session, person_id, source, units)
    joined = await _join(session, person_id, source, units)
    withdrawn, given = await _grant(session, person_id, source, wanted)
    return Changed(
        units_given=tuple(joined),
        units_withdrawn=tuple(left),
        roles_given=tuple(given),
        roles_withdrawn=tuple(withdrawn),
        main_withdrawn=next((unit for unit, was_main in left.items() if was_main), None),
    )


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


async def _leave(session: AsyncSession, person_id: UUID, source: str, units: list[UUID]) -> dict[UUID, bool]:
    """Return the units left, and whether each was the main one."""
    left = await session.execute(
        delete(Membership)
        .where(Membership.person_id == person_id, Membership.source == source, Membership.unit_id.not_in(units))
        .returning(Membership.unit_id, Membership.is_main)
    )
    return {row.unit_id: row.is_main for row in left}


async def _join(session: AsyncSession, person_id: UUID, source: str, units: list[UUID]) -> list[UUID]:
    """Add what is missing; the first unit is the main one of a person who has none (any more)."""
    joined: list[UUID] = []
    mine = Membership.person_id == person_id
    has_main = await session.scalar(select(exists().where(mine, Membership.is_main)))
    for unit_id in units:
        line = insert(Membership).values(
            person_id=person_id, unit_id=unit_id, is_main=not has_main, source=source, created_at=now()
        )
        added = await session.execute(line.on_conflict_do_nothing().returning(Membership.unit_id))
        if added.first() is not None:
            joined.append(unit_id)
            has_main = True
        elif not has_main:
            await session.execute(update(Membership).where(mine, Membership.unit_id == unit_id).values(is_main=True))
            has_main = True
    return joined


async def _grant(
    session: AsyncSession, person_id: UUID, source: str, wanted: set[RoleOn]
) -> tuple[list[RoleOn], list[RoleOn]]:
    """Return what was withdrawn, and given."""
    mine = select(Grant, Role).join(Role, Role.id == Grant.role_id)
    lines = (await session.execute(mine.where(Grant.person_id == person_id, Grant.source == source))).all()
    held = {RoleOn(grant.role_id, grant.unit_id, role.code): (grant, role) for grant, role in lines}
    gone = [line for line in held if line not in wanted and await _take_back(session, *held[line])]
    new = [line for line in wanted if line not in held]
    moment = now()
    for line in new:
        row = {"id": uuid7(), "person_id": person_id, "role_id": line.role_id, "unit_id": line.unit_id}
        given = insert(Grant).values(**row, source=source, granted_by=None, created_at=moment, expires_at=None)
        await session.execute(given.on_conflict_do_nothing())
    await session.flush()
    return gone, new


async def _take_back(session: AsyncSession, grant: Grant, role: Role) -> bool:
    """Withdraw a grant, unless the installation would be left without an administrator: nobody asked for that."""
    if grant.unit_id is not None or Right.INSTALLATION_MANAGE.value not in role.rights:
        await session.delete(grant)
        return True
    administrators = await lock_active_administrators(session)
    point = await session.begin_nested()
    await session.delete(grant)
    await session.flush()
    if administrators and not await has_active_administrator(session):
        await point.rollback()
        log.warning("last_administrator_kept", person=str(grant.person_id))
        return False
    await point.commit()
    return True
