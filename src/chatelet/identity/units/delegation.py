"""Nobody delegates by the tree more than they hold (TA-030).

A role given on a unit holds on all under it: putting a unit under another gives to whoever holds a role there, the
caller perhaps, what that role gives on the unit. It is asked of the caller as for giving the role itself: `roles.grant`
and every right of it, where it newly holds.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.principal import Principal
from chatelet.identity.rights import OF_THE_INSTALLATION, Right, decode_names
from chatelet.identity.roles.queries import unexpired
from chatelet.identity.roles.tables import Grant, Role
from chatelet.identity.units.errors import UnitDelegationExceeded
from chatelet.identity.units.tables import Unit

Given = Mapping[UUID, frozenset[Right]]


async def given_on(session: AsyncSession, units: Collection[UUID]) -> Given:
    """Return, for each of these units on which roles are given, the rights that they give."""
    rows = await session.execute(
        select(Grant.unit_id, Role.rights)
        .join(Role, Role.id == Grant.role_id)
        .where(Grant.unit_id == any_(literal(list(units), ARRAY(Uuid()))), unexpired())
        .distinct()
    )
    given: dict[UUID, frozenset[Right]] = {}
    for unit, names in rows:
        assert unit is not None
        rights = decode_names(names) - OF_THE_INSTALLATION
        given[unit] = given.get(unit, frozenset()) | rights
    return given


def missing(principal: Principal, given: Given, newly: Collection[UUID], there: Sequence[UUID]) -> Right | None:
    """Return the first right that the caller lacks on the unit of path `there`, where roles of `newly` would hold."""
    rights = frozenset(right for unit in newly for right in given.get(unit, ()))
    needed = rights | {Right.ROLES_GRANT} if rights else rights
    return next((right for right in Right if right in needed and not principal.rights.holds(right, there)), None)


async def check_moves(session: AsyncSession, principal: Principal, unit: Unit, above: Sequence[UUID]) -> None:
    """Raise `UnitDelegationExceeded` where roles given along `above` would give on `unit` more than the caller may."""
    newly = set(above) - set(unit.path)
    _check(missing(principal, await given_on(session, newly), newly, unit.path))


async def check_merges(session: AsyncSession, principal: Principal, gone: Unit, into: Unit) -> None:
    """Raise as `check_moves`, for what roles would give on the unit that goes, and its own on the one that stays."""
    await check_moves(session, principal, gone, into.path)
    _check(missing(principal, await given_on(session, [gone.id]), [gone.id], into.path))


def _check(right: Right | None) -> None:
    if right is not None:
        raise UnitDelegationExceeded(right=right.value)
