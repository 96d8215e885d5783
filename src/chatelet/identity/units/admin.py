"""Routes of the administration of units, for whoever holds the right, where they hold it."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from chatelet.identity.current import CurrentPrincipal, holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units import members, service
from chatelet.identity.units.schemas import (
    MembershipList,
    MergePreview,
    NewMembership,
    NewUnit,
    UnitChange,
    UnitMerge,
    UnitMove,
    UnitOut,
    UnitPage,
)
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/admin", tags=["administration"], responses={401: _CODED, 403: _CODED})
_CHANGED: Final[dict[int | str, dict[str, Any]]] = {404: _CODED, 409: _CODED, 422: _CODED}
_Manager = Annotated[Principal, Depends(holding(Right.UNITS_MANAGE))]
_Reader = Annotated[Principal, Depends(holding(Right.PERSONS_READ))]
_Placer = Annotated[Principal, Depends(holding(Right.PERSONS_MANAGE))]


@router.get("/units", responses={422: _CODED})
async def list_units(
    session: Transaction,
    principal: CurrentPrincipal,
    parent: UUID | None = None,
    q: Annotated[str, Query(max_length=200)] = "",
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> UnitPage:
    """List the units under a parent, or the topmost one may know of; or find some by words of their name or code."""
    return await service.list_units(session, principal, parent_id=parent, words=q, cursor=cursor, limit=limit)


@router.get("/units/{unit_id}", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def read_unit(unit_id: UUID, session: Transaction, principal: CurrentPrincipal) -> UnitOut:
    """Read one unit, and what the caller may do there."""
    return await service.read_unit(session, principal, unit_id)


@router.post("/units", status_code=201, responses=_CHANGED)
async def create_unit(body: NewUnit, session: Transaction, manager: _Manager) -> UnitOut:
    """Create a unit under another, or a root."""
    return await service.create_unit(session, manager, body)


@router.patch("/units/{unit_id}", responses=_CHANGED)
async def change_unit(unit_id: UUID, body: UnitChange, session: Transaction, manager: _Manager) -> UnitOut:
    """Change the code, the name or the kind of a unit."""
    return await service.change_unit(session, manager, unit_id, body)


@router.post("/units/{unit_id}/move", responses=_CHANGED)
async def move_unit(unit_id: UUID, body: UnitMove, session: Transaction, manager: _Manager) -> UnitOut:
    """Put a unit, with all under it, elsewhere in the tree."""
    return await service.move_unit(session, manager, unit_id, body.parent_id)


@router.post("/units/{unit_id}/merge", responses=_CHANGED)
async def merge_unit(unit_id: UUID, body: UnitMerge, session: Transaction, manager: _Manager) -> UnitOut:
    """Give everything of a unit to another, and close it."""
    return await service.merge_unit(session, manager, unit_id, body.into_id)


@router.get("/units/{unit_id}/merge", responses=_CHANGED)
async def preview_merge(unit_id: UUID, into: UUID, session: Transaction, manager: _Manager) -> MergePreview:
    """Tell everything that merging a unit into another would hand over; changes nothing."""
    return await service.preview_merge(session, manager, unit_id, into)


@router.delete("/units/{unit_id}", status_code=204, responses=_CHANGED)
async def delete_unit(unit_id: UUID, session: Transaction, manager: _Manager) -> None:
    """Delete an empty unit."""
    await service.delete_unit(session, manager, unit_id)


@router.get("/persons/{person_id}/units", responses={404: _CODED, 422: _CODED})
async def list_memberships(person_id: UUID, session: Transaction, reader: _Reader) -> MembershipList:
    """Tell where a person belongs."""
    return await members.memberships(session, reader, person_id)


@router.post("/persons/{person_id}/units", status_code=201, responses=_CHANGED)
async def add_membership(person_id: UUID, body: NewMembership, session: Transaction, placer: _Placer) -> MembershipList:
    """Place a person in a unit."""
    return await members.place(session, placer, person_id, body)


@router.delete("/persons/{person_id}/units/{unit_id}", status_code=204, responses=_CHANGED)
async def remove_membership(person_id: UUID, unit_id: UUID, session: Transaction, placer: _Placer) -> None:
    """Take a person out of a unit."""
    await members.remove(session, placer, person_id, unit_id)
