"""What bounds a directory of a unit: accounts that are managed there and hold nothing elsewhere (TA-030).

Who signs in as a person, and whether they may, is said by whoever manages their account: a directory bound to a unit
says it of those whose main unit is there, and of none who holds a role beyond it. Asked at each write: people move, and
are given roles, after a directory has named them. Its groups lead nowhere but into its unit, whoever is in them.
"""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.roles.queries import rights_held
from chatelet.identity.scim.directory import Directory
from chatelet.identity.scim.failures import OutOfBounds, Taken
from chatelet.identity.units.queries import memberships_of, paths
from chatelet.kernel.clock import now


async def check(session: AsyncSession, directory: Directory, person_id: UUID, *, is_new: bool = False) -> None:
    """Raise `OutOfBounds` where the person is not this directory's to change; `Taken` where it never named them.

    Whoever it named and who belongs nowhere any more is still its own.
    """
    if directory.unit_id is None:
        return
    main = next((unit.path for line, unit in await memberships_of(session, person_id) if line.is_main), None)
    is_here = directory.unit_id in main if main is not None else not is_new
    if is_here and await _holds_only_there(session, directory.unit_id, person_id):
        return
    if is_new:
        raise Taken("another person has this identity")
    raise OutOfBounds("this person is managed, or holds a role, outside the unit of this directory")


async def _holds_only_there(session: AsyncSession, unit_id: UUID, person_id: UUID) -> bool:
    held = [unit for _, unit in await rights_held(session, person_id, now())]
    path_of = await paths(session, {unit for unit in held if unit is not None})
    return all(unit is not None and unit_id in path_of[unit] for unit in held)
