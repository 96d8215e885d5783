"""Routes of the administration of roles: what each is made of, and who holds it where."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from chatelet.identity.current import CurrentAdministrator, holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.roles import holders, service
from chatelet.identity.roles.schemas import GrantList, HolderList, NewGrant, NewRole, RoleChange, RoleList, RoleOut
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/admin", tags=["administration"], responses={401: _CODED, 403: _CODED})
_CHANGED: Final[dict[int | str, dict[str, Any]]] = {404: _CODED, 409: _CODED, 422: _CODED}
_Reader = Annotated[Principal, Depends(holding(Right.PERSONS_READ))]
_Granter = Annotated[Principal, Depends(holding(Right.ROLES_GRANT))]


@router.get("/roles")
async def list_roles(session: Transaction, reader: _Reader) -> RoleList:
    """List the roles and what they are made of."""
    return await service.list_roles(session, reader)


@router.post("/roles", status_code=201, responses=_CHANGED)
async def create_role(body: NewRole, session: Transaction, administrator: CurrentAdministrator) -> RoleOut:
    """Make a role."""
    return await service.create_role(session, administrator, body)


@router.patch("/roles/{role_id}", responses=_CHANGED)
async def change_role(
    role_id: UUID, body: RoleChange, session: Transaction, administrator: CurrentAdministrator
) -> RoleOut:
    """Change the names or the rights of a role, for all who hold it at once."""
    return await service.change_role(session, administrator, role_id, body)


@router.delete("/roles/{role_id}", status_code=204, responses=_CHANGED)
async def delete_role(role_id: UUID, session: Transaction, administrator: CurrentAdministrator) -> None:
    """Delete a role that nobody holds."""
    await service.delete_role(session, administrator, role_id)


@router.get("/persons/{person_id}/roles", responses={404: _CODED, 422: _CODED})
async def list_grants(person_id: UUID, session: Transaction, reader: _Reader) -> GrantList:
    """Tell what a person holds."""
    return await service.list_grants(session, reader, person_id)


@router.get("/units/{unit_id}/roles", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def list_holders(unit_id: UUID, session: Transaction, reader: _Reader) -> HolderList:
    """Tell who holds a role on a unit, given there or above it."""
    return await holders.holders_on(session, reader, unit_id)


@router.post("/persons/{person_id}/roles", status_code=201, responses=_CHANGED)
async def add_grant(person_id: UUID, body: NewGrant, session: Transaction, granter: _Granter) -> GrantList:
    """Give a role to a person, on a unit or everywhere."""
    return await service.give(session, granter, person_id, body)


@router.delete("/persons/{person_id}/roles/{grant_id}", status_code=204, responses=_CHANGED)
async def remove_grant(person_id: UUID, grant_id: UUID, session: Transaction, granter: _Granter) -> None:
    """Take a role back."""
    await service.withdraw(session, granter, person_id, grant_id)
