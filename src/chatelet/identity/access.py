"""Who may act on whom: the check before anything is changed on a person or in a unit (TA-030)."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.principal import Principal
from chatelet.identity.rights import OF_THE_INSTALLATION, Right, decode_names
from chatelet.identity.roles.queries import rights_held
from chatelet.identity.units.queries import memberships_of, paths
from chatelet.kernel.clock import now
from chatelet.kernel.errors import Forbidden


async def check_manages(session: AsyncSession, principal: Principal, person_id: UUID) -> None:
    """Raise `Forbidden` unless the caller manages persons in this person's main unit, and holds all they hold."""
    mains = [unit.path for line, unit in await memberships_of(session, person_id) if line.is_main]
    if not principal.rights.holds(Right.PERSONS_MANAGE, mains[0] if mains else ()):
        raise Forbidden(right=Right.PERSONS_MANAGE.value)
    if not principal.is_administrator:
        await _check_not_above(session, principal, person_id)


async def _check_not_above(session: AsyncSession, principal: Principal, person_id: UUID) -> None:
    held = await rights_held(session, person_id, now())
    path_of = await paths(session, {unit for _, unit in held if unit is not None})
    for names, unit in held:
        rights = decode_names(names) if unit is None else decode_names(names) - OF_THE_INSTALLATION
        if not principal.rights.covers(rights, path_of[unit] if unit else ()):
            raise Forbidden(reason="holds_more")
