"""Where a right of adoption is held: on a unit and all under it, or on the institution (no unit)."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units.queries import paths
from chatelet.kernel.errors import Forbidden, NotFound


async def require_reach(session: AsyncSession, principal: Principal, right: Right, unit_id: UUID | None) -> None:
    """Raise `NotFound` for a unit where the caller does not hold `right`, `Forbidden` for the institution."""
    if unit_id is None:
        if not principal.rights.holds(right):
            raise Forbidden(right=right.value)
        return
    found = await paths(session, [unit_id])
    if unit_id not in found or not principal.rights.holds(right, found[unit_id]):
        raise NotFound
