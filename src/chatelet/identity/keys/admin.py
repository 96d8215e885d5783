"""Routes of the keys of units' applications: for who manages keys there."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from chatelet.identity.current import CurrentSettings, holding
from chatelet.identity.finding import LONGEST_WORDS
from chatelet.identity.keys import service
from chatelet.identity.keys.schemas import KeyOrder, KeyOut, KeyPage, KeyUnits, MadeKey, NewUnitKey
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.kernel.paging import LONGEST_CURSOR

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/admin/keys", tags=["administration"], responses={401: _CODED, 403: _CODED})
_Manager = Annotated[Principal, Depends(holding(Right.KEYS_MANAGE))]


@router.get("", responses={422: _CODED})
async def list_unit_keys(
    session: Transaction,
    settings: CurrentSettings,
    manager: _Manager,
    q: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    order: KeyOrder = "-made",
    cursor: Annotated[str | None, Query(max_length=LONGEST_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> KeyPage:
    """List the keys of the units where one manages keys, the newest first unless another order is asked.

    All, or those whose name, beginning, owner or unit words tell.
    """
    return await service.of_units(session, manager, settings.api, q, order, cursor=cursor, limit=limit)


@router.get("/units", responses={422: _CODED})
async def list_units_for_keys(
    session: Transaction, manager: _Manager, q: Annotated[str, Query(max_length=200)] = ""
) -> KeyUnits:
    """Find units for which one may make keys, by the beginning of their name or code."""
    return await service.units(session, manager, words=q)


@router.post("", status_code=201, responses={404: _CODED, 409: _CODED, 422: _CODED})
async def make_unit_key(
    body: NewUnitKey, session: Transaction, settings: CurrentSettings, manager: _Manager
) -> MadeKey:
    """Make a key for an application of a unit; its secret is in this answer only."""
    return await service.make(session, manager, body, settings.api, unit_id=body.unit_id)


@router.post("/{key_id}/owner", responses={404: _CODED})
async def take_key_over(key_id: UUID, session: Transaction, manager: _Manager) -> KeyOut:
    """Become the owner of a unit's key, in the place of who left."""
    return await service.take_over(session, manager, key_id)
