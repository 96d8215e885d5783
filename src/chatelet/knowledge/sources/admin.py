"""Routes of places, for who manages them."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from chatelet.identity.current import DetachedPrincipal, holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.knowledge.sources import places, trying
from chatelet.knowledge.sources.api import CurrentSources
from chatelet.knowledge.sources.schemas import NewPlace, PlaceChange, PlaceList, PlaceOut, PlaceTrial, TrialOut

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {403: _CODED, 404: _CODED, 409: _CODED, 422: _CODED}
router = APIRouter(prefix="/api/admin/places", tags=["places"], responses={401: _CODED, **_ANSWERS})
Manager = Annotated[Principal, Depends(holding(Right.PLACES_MANAGE))]


@router.get("")
async def list_places(session: Transaction, principal: Manager, services: CurrentSources) -> PlaceList:
    """List the places that the caller manages."""
    return await places.list_places(session, services, principal)


@router.post("", status_code=201)
async def declare_place(body: NewPlace, session: Transaction, principal: Manager, services: CurrentSources) -> PlaceOut:
    """Declare a place that collections may follow."""
    return await places.declare(session, services, principal, body)


@router.patch("/{place_id}")
async def change_place(
    place_id: UUID, body: PlaceChange, session: Transaction, principal: Manager, services: CurrentSources
) -> PlaceOut:
    """Change a place."""
    return await places.change(session, services, principal, place_id, body)


@router.delete("/{place_id}", status_code=204)
async def withdraw_place(place_id: UUID, session: Transaction, principal: Manager) -> None:
    """Withdraw a place, with the sources that follow it; their documents stay."""
    await places.withdraw(session, principal, place_id)


@router.post("/{place_id}/trial")
async def try_place(
    place_id: UUID, body: PlaceTrial, principal: DetachedPrincipal, services: CurrentSources
) -> TrialOut:
    """Look at the first entries of a place."""
    return await trying.try_place(services, principal, place_id, body)
